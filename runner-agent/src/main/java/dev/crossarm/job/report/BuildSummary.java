package dev.crossarm.job.report;

import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.cargo.CrateTimes;
import dev.crossarm.job.cargo.TestRun;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the reports of one build say: the table in a job's summary, its outputs, the JSON.
 *
 * @param target triple it was built for
 * @param profile cargo's profile, for example {@code release}
 * @param toolchain what {@code rustc --version} says
 * @param programs in cargo's order
 * @param phases in the order they ran, for example {@code preflight}, {@code build}, {@code prove}, {@code pack}
 * @param slowestCrates slowest first, as many as are worth showing
 * @param cache what the persistent target directory did
 * @param tests what {@code cargo test} did, when it was asked for
 * @param notes things worth knowing, one line each
 * @param warnings things worth mending, one line each
 * @param failure why the build is no good; absent when it is good
 * @param total time from start to end
 */
public record BuildSummary(
        String target,
        String profile,
        String toolchain,
        List<ProgramResult> programs,
        List<Phase> phases,
        List<CrateTimes.CrateTime> slowestCrates,
        BuildCache.State cache,
        Optional<TestRun> tests,
        List<String> notes,
        List<String> warnings,
        Optional<Problem> failure,
        Duration total) {

    public BuildSummary {
        programs = List.copyOf(programs);
        phases = List.copyOf(phases);
        slowestCrates = List.copyOf(slowestCrates);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /** A part of the work and how long it took. */
    public record Phase(String name, Duration elapsed) {}

    /** Whether nothing failed. */
    public boolean good() {
        return failure.isEmpty();
    }

    /** Whether there are programs, and every one of them is proven static. */
    public boolean allStatic() {
        return !programs.isEmpty() && programs.stream().allMatch(ProgramResult::isStatic);
    }
}
