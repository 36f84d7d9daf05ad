package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.UpToDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the real steps where a machine changes from one compiler to another. */
class CompilerSwitchTest {
    @TempDir
    Path folder;

    private Plan plan(String compiler) {
        Surroundings surroundings = new Surroundings(Map.of(), "ada", false, folder, folder, false, 80);
        Wiring wiring =
                new Wiring(surroundings, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        Site site = wiring.site(wiring.load(
                Map.of(
                        ConfigKey.SCOPE, List.of("user"),
                        ConfigKey.COMPILER, List.of(compiler),
                        ConfigKey.STATE_DIRECTORY, List.of(folder + "/state"),
                        ConfigKey.PREFIX, List.of(folder + "/prefix")),
                Optional.empty()));
        HostFacts debian = new HostFacts("debian", "13", "Debian 13", "aarch64", "6", 1, 1);
        StepGraph graph = new ProvisioningSteps(HostPorts.of(surroundings), site, debian).graph(Optional.empty());
        return new Planner(graph).plan(Selection.all(graph));
    }

    /** Everything that has to end well before this step starts. */
    private static Set<StepId> before(Plan plan, String id) {
        Set<StepId> before = new HashSet<>();
        plan.steps().stream()
                .filter(step -> step.id().equals(StepId.of(id)))
                .flatMap(step -> step.after().stream())
                .forEach(earlier -> {
                    before.add(earlier);
                    before.addAll(before(plan, earlier.value()));
                });
        return before;
    }

    @ParameterizedTest
    @CsvSource({"musl, cpp, cpp", "gnu, cpp, cpp", "gnu, musl-sysroot, musl"})
    void takes_away_what_the_old_one_needed_once_the_new_one_is_in_place(String compiler, String step, String tree)
            throws IOException {
        Path old = Files.createDirectories(folder.resolve("prefix").resolve(tree));

        Plan plan = plan(compiler);

        assertThat(plan.steps().stream()
                        .filter(one -> one.id().equals(StepId.of(step)))
                        .flatMap(one -> one.changes().stream()))
                .singleElement()
                .satisfies(change -> assertThat(change.summary()).isEqualTo("remove " + old));
        assertThat(before(plan, step)).contains(StepId.of("compilers"));
        List<StepId> order = plan.steps().stream().map(Plan.PlannedStep::id).toList();
        assertThat(order.indexOf(StepId.of(step))).isGreaterThan(order.indexOf(StepId.of("compilers")));
    }

    @Test
    void brings_what_the_new_one_needs_first() {
        assertThat(before(plan("cpp"), "compilers"))
                .contains(StepId.of("cpp"), StepId.of("kernel-headers"), StepId.of("musl-sysroot"));
        assertThat(before(plan("musl"), "compilers"))
                .contains(StepId.of("kernel-headers"), StepId.of("musl-sysroot"))
                .doesNotContain(StepId.of("cpp"));
    }
}
