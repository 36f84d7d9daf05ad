/** Entry point and wiring. */
@NullMarked
package dev.crossarm;

import org.jspecify.annotations.NullMarked;
