/** Cargo: the project it sees, its runs, its messages, its lock file. */
@NullMarked
package dev.crossarm.job.cargo;

import org.jspecify.annotations.NullMarked;
