/** What is found out and arranged before cargo compiles. */
@NullMarked
package dev.crossarm.job.prepare;

import org.jspecify.annotations.NullMarked;
