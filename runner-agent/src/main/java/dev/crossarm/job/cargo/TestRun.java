package dev.crossarm.job.cargo;

import java.time.Duration;

/**
 * What {@code cargo test} did, added up over all its test programs.
 *
 * @param good whether cargo ended with 0
 * @param passed tests that passed
 * @param failed tests that failed
 * @param ignored tests that were not run
 * @param elapsed time from start to end, compiling included
 */
public record TestRun(boolean good, int passed, int failed, int ignored, Duration elapsed) {}
