/** The environment variables a job needs, as one value, its formats, and the merge into a runner's .env. */
@NullMarked
package dev.crossarm.environment;

import org.jspecify.annotations.NullMarked;
