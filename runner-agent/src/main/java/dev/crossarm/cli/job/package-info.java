/** Commands for builds and what comes out of them. */
@NullMarked
package dev.crossarm.cli.job;

import org.jspecify.annotations.NullMarked;
