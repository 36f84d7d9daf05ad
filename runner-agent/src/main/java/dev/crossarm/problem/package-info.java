/** What can go wrong and is expected to: a cause, what mends it, and the exit status it maps to. */
@NullMarked
package dev.crossarm.problem;

import org.jspecify.annotations.NullMarked;
