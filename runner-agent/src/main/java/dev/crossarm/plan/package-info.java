/** The unit of work, what a run of several of them does, and what it tells about itself. */
@NullMarked
package dev.crossarm.plan;

import org.jspecify.annotations.NullMarked;
