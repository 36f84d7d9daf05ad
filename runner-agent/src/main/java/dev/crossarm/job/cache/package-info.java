/** Target directories that outlive a job, and bringing their programs to the workspace. */
@NullMarked
package dev.crossarm.job.cache;

import org.jspecify.annotations.NullMarked;
