/** Runners on this host: finding them, and their environment section. */
@NullMarked
package dev.crossarm.runner;

import org.jspecify.annotations.NullMarked;
