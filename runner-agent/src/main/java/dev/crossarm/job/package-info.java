/** What a job runs: from a request to proven programs. */
@NullMarked
package dev.crossarm.job;

import org.jspecify.annotations.NullMarked;
