/** Settings: one key table behind parser, help and documentation; every value knows where it came from. */
@NullMarked
package dev.crossarm.config;

import org.jspecify.annotations.NullMarked;
