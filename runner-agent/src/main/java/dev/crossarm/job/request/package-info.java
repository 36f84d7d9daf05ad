/** What a build was asked for, and what it is given to work with. */
@NullMarked
package dev.crossarm.job.request;

import org.jspecify.annotations.NullMarked;
