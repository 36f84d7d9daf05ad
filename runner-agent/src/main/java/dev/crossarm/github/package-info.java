/**
 * GitHub's REST interface for runners. Every call answers with a value or a {@link dev.crossarm.github.Failure} that says
 * what the caller may do next; nothing here waits, and no write is sent twice.
 */
@NullMarked
package dev.crossarm.github;

import org.jspecify.annotations.NullMarked;
