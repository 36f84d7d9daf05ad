package dev.crossarm.job.program;

import java.time.Duration;
import java.util.Optional;

/**
 * A run of the built program, to see that it starts.
 *
 * @param command as it can be pasted into a shell
 * @param passed whether it ended with status 0 in time
 * @param ending a few words that complete "it": {@code ended with status 0}, {@code met an instruction x86-64-v2 does not have}
 * @param cpu processor model it was emulated on, when one was asked for
 * @param output the last lines it wrote, as they came: not safe to print as they are
 * @param elapsed time from start to end
 */
public record SmokeRun(
        String command, boolean passed, String ending, Optional<String> cpu, String output, Duration elapsed) {}
