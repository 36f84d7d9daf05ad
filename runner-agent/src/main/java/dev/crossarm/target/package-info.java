/** What is built for and on: targets, compilers, distributions, as data. */
@NullMarked
package dev.crossarm.target;

import org.jspecify.annotations.NullMarked;
