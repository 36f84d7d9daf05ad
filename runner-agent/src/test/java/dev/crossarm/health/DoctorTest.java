package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Observation;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    @TempDir
    Path root;

    private DoctorBench bench;

    @BeforeEach
    void prepare() throws IOException {
        bench = new DoctorBench(root);
    }

    @Test
    void finds_nothing_wrong_with_a_healthy_host_and_says_the_network_was_not_asked() {
        bench.step(FixedStep.of("packages", Observation.Satisfied.of("all there")));

        DoctorReport report = Doctor.offline(bench.subject()).examine();

        assertThat(report.exit()).isEqualTo(ExitStatus.DONE);
        assertThat(report.findings())
                .extracting(Finding::id)
                .containsSubsequence("distribution", "architecture", "memory", "disk", "rights", "apt-lock", "binfmt")
                .contains(
                        "step-packages", "self-test", "variables", "cargo-config", "search-path", "runners", "network");
        assertThat(report.toText()).anyMatch(line -> line.matches("note +network +not checked \\(--offline\\)"));
    }

    @Test
    void says_just_that_and_how_where_nothing_is_provisioned() throws IOException {
        Files.delete(bench.layout().bin());
        bench.step(FixedStep.of("packages", FixedStep.drifted(List.of(Difference.missing("cmake", "installed")))));

        DoctorReport report = Doctor.offline(bench.subject()).examine();

        assertThat(report.findings().stream().filter(finding -> finding.severity() == Severity.ERROR))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.summary()).isEqualTo("nothing is provisioned on this machine in system scope");
                    assertThat(finding.remedies()).containsExactly("crossarm provision");
                });
        assertThat(report.findings())
                .extracting(Finding::id)
                .contains("memory", "disk", "rights", "apt-lock")
                .doesNotContain("step-packages", "self-test", "variables");
    }

    @Test
    void writes_nothing() throws IOException {
        bench.write("home/.cargo/config.toml", "[build]\ntarget = \"wasm32-wasip1\"\n");
        bench.step(FixedStep.of("packages", FixedStep.drifted(List.of(Difference.missing("cmake", "installed")))));
        Map<String, String> before = tree();

        Doctor.offline(bench.subject()).examine();

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void shows_drift_with_every_difference_and_the_command_that_mends_it() {
        Observation.Drifted drift = FixedStep.drifted(
                List.of(Difference.missing("cmake", "installed"), new Difference("make", "3.81", "4")));
        bench.step(FixedStep.of("packages", drift));
        bench.step(FixedStep.of("rustup", new Observation.Unknown(problem("no-idea")), "packages"));
        bench.step(FixedStep.of("compilers", new Observation.Unknown(problem("disk-broken"))));

        DoctorReport report = Doctor.offline(bench.subject()).examine();

        assertThat(report.exit()).isEqualTo(ExitStatus.DRIFT);
        assertThat(one(report, "step-packages").severity()).isEqualTo(Severity.ERROR);
        assertThat(one(report, "step-packages").detail())
                .isEqualTo("cmake: missing, wanted installed\nmake: 3.81, wanted 4");
        assertThat(one(report, "step-packages").remedies()).containsExactly("crossarm provision");
        assertThat(one(report, "step-rustup").severity()).isEqualTo(Severity.NOTE);
        assertThat(one(report, "step-compilers").severity()).isEqualTo(Severity.ERROR);
        assertThat(one(report, "step-compilers").remedies()).containsExactly("mend it");
    }

    @Test
    void shows_the_first_differences_of_a_step_that_was_never_carried_out_and_counts_the_rest() {
        List<Difference> many = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> Difference.missing("/opt/" + i, "a file"))
                .toList();
        bench.step(FixedStep.of("compilers", FixedStep.drifted(many)));

        Finding finding = one(Doctor.offline(bench.subject()).examine(), "step-compilers");

        assertThat(finding.summary()).endsWith(": 40 differences");
        assertThat(finding.detail().lines())
                .hasSize(6)
                .contains("/opt/4: missing, wanted a file", "and 35 more (crossarm check --verbose lists them)");
    }

    @Test
    void goes_on_when_one_examination_fails() {
        Map<String, Examination> examinations = new LinkedHashMap<>();
        examinations.put("first", () -> {
            throw problem("cannot-tell").asException();
        });
        examinations.put("second", () -> List.of(Finding.ok("second", "fine")));

        DoctorReport report = new Doctor(examinations).examine();

        assertThat(report.findings()).extracting(Finding::id).containsExactly("first", "second");
        assertThat(report.findings()).extracting(Finding::severity).containsExactly(Severity.ERROR, Severity.OK);
    }

    @Test
    void reports_as_text_and_json() {
        DoctorReport report = new DoctorReport(List.of(
                Finding.ok("one", "fine"),
                Finding.warning("two", "not so fine", "why\nand how", "do this"),
                Finding.error("three", "broken", "", "do that")));

        assertThat(report.toText())
                .containsExactly(
                        "ok      one                      fine",
                        "warning two                      not so fine",
                        "        why",
                        "        and how",
                        "        -> do this",
                        "error   three                    broken",
                        "        -> do that",
                        "1 error, 1 warning, 0 notes, 1 ok");
        assertThat(report.toJson())
                .containsEntry("schemaVersion", 1)
                .containsEntry("healthy", false)
                .containsEntry("counts", Map.of("ok", 1L, "note", 0L, "warning", 1L, "error", 1L));
    }

    private static Finding one(DoctorReport report, String id) {
        return report.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Problem problem(String code) {
        return Problem.of(ExitStatus.UNAVAILABLE, code, "it is broken", "mend it");
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                tree.put(
                        path.toString(),
                        Files.isRegularFile(path)
                                ? Files.readString(path) + Files.getLastModifiedTime(path)
                                : String.valueOf(Files.getLastModifiedTime(path)));
            }
        }
        return tree;
    }
}
