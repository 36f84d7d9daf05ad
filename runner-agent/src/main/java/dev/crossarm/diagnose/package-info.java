/** Rules that turn a build log into one cause and what mends it. */
@NullMarked
package dev.crossarm.diagnose;

import org.jspecify.annotations.NullMarked;
