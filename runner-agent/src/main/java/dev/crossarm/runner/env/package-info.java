/** Runners on this host and the environment section of each. */
@NullMarked
package dev.crossarm.runner.env;

import org.jspecify.annotations.NullMarked;
