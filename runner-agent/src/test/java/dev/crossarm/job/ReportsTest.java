package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.job.cargo.CrateTimes;
import dev.crossarm.job.cargo.TestRun;
import dev.crossarm.job.program.BuiltProgram;
import dev.crossarm.job.program.CheckFinding;
import dev.crossarm.job.program.Packed;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.job.program.SmokeRun;
import dev.crossarm.job.report.BuildJson;
import dev.crossarm.job.report.BuildSummary;
import dev.crossarm.job.report.JobOutputs;
import dev.crossarm.job.report.JobSummary;
import dev.crossarm.job.report.WorkflowCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What other programs and people read of a build, held against golden files. */
class ReportsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String DIGEST = "85b672326b4e2e499de3acc8398b42a455ad29ff04f9e6d9f30ddf3808d3f544";
    private static final String HOSTILE = "a|b`c\n::error::x<script>[l](u)*_@me";

    private static ProgramResult good(String name, OptionalLong before) {
        BuiltProgram program = new BuiltProgram("shop", "1.2.3", name, Path.of("/w/target/release/" + name));
        Packed zip = new Packed(Path.of("/w/out/" + name + ".zip"), DIGEST, 700_000, 1_500_123);
        Packed archive = new Packed(Path.of("/w/out/" + name + ".tar.gz"), DIGEST, 690_000, 1_500_000);
        SmokeRun run = new SmokeRun(
                name + " --version",
                true,
                "ended with status 0",
                Optional.of("Nehalem"),
                name + " 1.2.3",
                Duration.ofMillis(80));
        return new ProgramResult(
                program,
                1_500_000,
                2_000_000,
                before,
                DIGEST,
                "static-pie",
                true,
                List.of(),
                Optional.of(Path.of("/w/target/release/" + name + ".debug")),
                Optional.of(zip),
                Optional.of(archive),
                Optional.of(run));
    }

    private static ProgramResult bad(String name) {
        BuiltProgram program = new BuiltProgram("shop", "1.2.3", name, Path.of("/w/target/release/x"));
        CheckFinding finding = new CheckFinding(
                "dynamic", "x is linked dynamically", "It needs libc.so.6.", "crossarm doctor", program.file());
        return new ProgramResult(
                program,
                900,
                900,
                OptionalLong.empty(),
                DIGEST,
                "dynamic-pie",
                false,
                List.of(finding),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static BuildSummary build(List<ProgramResult> programs, Optional<Problem> failure) {
        return new BuildSummary(
                "x86_64-unknown-linux-musl",
                "release",
                "rustc 1.96.0 (ac68faa20 2026-05-25)",
                programs,
                List.of(
                        new BuildSummary.Phase("preflight", Duration.ofMillis(120)),
                        new BuildSummary.Phase("build", Duration.ofMillis(61_500)),
                        new BuildSummary.Phase("pack", Duration.ofMillis(900))),
                List.of(
                        new CrateTimes.CrateTime("aws-lc-sys", "0.39.1", Duration.ofMillis(30_250)),
                        new CrateTimes.CrateTime("tokio", "1.49.0", Duration.ofMillis(4_000))),
                new BuildCache.State(BuildCache.State.Kind.WARM, "slot 1, 412 MiB"),
                Optional.of(new TestRun(failure.isEmpty(), 12, 0, 1, Duration.ofSeconds(5))),
                List.of("the project's .cargo/config.toml sets a linker; ours wins"),
                List.of("openssl-sys is old"),
                failure,
                Duration.ofMillis(63_210));
    }

    private static BuildSummary fine() {
        return build(
                List.of(good("api", OptionalLong.of(1_480_000)), good("worker", OptionalLong.empty())),
                Optional.empty());
    }

    private static BuildSummary hostile() {
        return build(
                List.of(bad(HOSTILE)),
                Optional.of(new Problem(
                        "check-dynamic",
                        "x is linked `dynamically`",
                        "detail",
                        List.of("crossarm doctor"),
                        ExitStatus.DATA)));
    }

    @Test
    void the_summary_of_a_good_build_is_the_golden_one() throws IOException {
        golden("build-summary.md", JobSummary.of(fine()));
    }

    @Test
    void the_summary_of_a_bad_build_with_hostile_names_is_the_golden_one() throws IOException {
        String summary = JobSummary.of(hostile());

        golden("build-summary-hostile.md", summary);
        assertThat(summary).doesNotContain("<script", "`c", "\n::error", "@me", "[l]");
    }

    @Test
    void the_annotations_are_the_golden_ones() throws IOException {
        List<Annotation> all = new ArrayList<>();
        all.add(new Annotation(
                Annotation.Level.ERROR,
                "error[E0308]",
                "mismatched types: 100%",
                Optional.of(new Annotation.Place("src/a,b:c.rs", 7, 7, 5, 9))));
        all.add(new Annotation(
                Annotation.Level.ERROR,
                "error",
                "over several lines",
                Optional.of(new Annotation.Place("src/main.rs", 7, 9, 5, 2))));
        all.add(Annotation.of(new Problem(
                "cxx-header",
                "C++ needs a standard library for musl (cargo build ended with status 101)",
                "crate: librocksdb-sys\nfatal error: 'vector'\r\n::error::not ours",
                List.of("sudo crossarm provision --cpp"),
                ExitStatus.STEP_FAILED)));
        for (int i = 1; i <= 12; i++) {
            all.add(Annotation.warning("crossarm", "warning " + i + " of 12"));
        }
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (WorkflowCommands workflow =
                new WorkflowCommands(true, new PrintStream(screen, true, StandardCharsets.UTF_8), new Random(1))) {
            workflow.stop();
            workflow.annotate(all);
        }

        golden("build-annotations.txt", screen.toString(StandardCharsets.UTF_8));
    }

    @Test
    void the_summary_stays_far_below_what_github_takes() {
        ProgramResult long1 = bad("n".repeat(10_000));
        BuildSummary base = build(Collections.nCopies(5_000, long1), Optional.empty());
        BuildSummary endless = new BuildSummary(
                base.target(),
                base.profile(),
                base.toolchain(),
                base.programs(),
                base.phases(),
                base.slowestCrates(),
                base.cache(),
                base.tests(),
                Collections.nCopies(9_999, "☃".repeat(9_999)),
                Collections.nCopies(9_999, "|".repeat(9_999)),
                Optional.empty(),
                base.total());

        String summary = JobSummary.of(endless);

        assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThan(512 * 1024);
        assertThat(summary).contains("… and 4900 more programs", "… and 4950 more findings");
    }

    @Test
    void the_json_is_the_golden_one() throws IOException {
        golden("build.json", pretty(fine(), 0));
        golden("build-failed.json", pretty(hostile(), 65));
    }

    @Test
    void the_outputs_of_one_and_of_several_programs_are_the_golden_ones() throws IOException {
        golden("build-outputs-one.txt", outputs(build(List.of(good("api", OptionalLong.empty())), Optional.empty())));
        golden("build-outputs-several.txt", outputs(fine()));
        golden("build-outputs-none.txt", outputs(build(List.of(), Optional.empty())));
    }

    @Test
    void sizes_are_told_for_people_and_exactly() {
        assertThat(JobSummary.size(900)).isEqualTo("900 bytes");
        assertThat(JobSummary.size(2_048)).isEqualTo("2.0 KiB (2,048 bytes)");
        assertThat(JobSummary.size(4_404_019)).isEqualTo("4.2 MiB (4,404,019 bytes)");
    }

    private static String outputs(BuildSummary summary) {
        return JobOutputs.of(summary).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String pretty(BuildSummary summary, int exit) throws IOException {
        return new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(BuildJson.of(summary, exit))
                + "\n";
    }

    private static void golden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("crossarm.write-golden")) {
            Files.writeString(file, actual);
        }
        assertThat(actual)
                .as("%s differs; when that is meant, write it again with -Dcrossarm.write-golden=true", file)
                .isEqualTo(Files.readString(file));
    }
}
