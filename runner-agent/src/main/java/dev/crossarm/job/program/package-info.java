/** A built program: proof, stripping, trial run, sizes and zips. */
@NullMarked
package dev.crossarm.job.program;

import org.jspecify.annotations.NullMarked;
