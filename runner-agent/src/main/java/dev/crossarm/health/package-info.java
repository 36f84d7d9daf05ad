/** Findings about this host, each with its remedy. */
@NullMarked
package dev.crossarm.health;

import org.jspecify.annotations.NullMarked;
