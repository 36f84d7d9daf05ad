/** What a job leaves to read: outputs, summary, annotations, JSON. */
@NullMarked
package dev.crossarm.job.report;

import org.jspecify.annotations.NullMarked;
