package dev.crossarm.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.RunJson;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.TargetFix;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private static Plan plan(Stream<Change> changes) {
        List<Change> list = changes.toList();
        List<Repair> repairs = list.stream()
                .map(change -> TargetFix.of(Difference.missing(change.target(), "there"), change))
                .toList();
        return new Plan(
                Plan.Action.PROVISION,
                List.of(new Plan.PlannedStep(
                        StepId.of("compilers"), "C", Set.of(), new Observation.Drifted(repairs), list, false)));
    }

    private static Stream<Change> names(int count, Function<String, Change> change) {
        return IntStream.range(0, count)
                .mapToObj(i -> "/opt/crossarm/bin/tool-" + i)
                .map(change);
    }

    private static Change removal(String name) {
        return Change.removal(Path.of(name));
    }

    private static List<String> texts(Plan plan, boolean verbose) {
        return new PlanText(plan, verbose, false)
                .lines().stream()
                        .map(line -> line.substring(Math.min(line.length(), 22)))
                        .toList();
    }

    @Test
    void shows_many_links_into_a_folder_as_one_line() {
        Plan plan = plan(Stream.concat(
                Stream.of(Change.of(Change.Kind.WRITE_FILE, "/opt/crossarm/cc", "write /opt/crossarm/cc")),
                names(21, name -> Change.of(Change.Kind.LINK, name, "link " + name + " to /usr/bin/ld"))));

        assertThat(texts(plan, false))
                .startsWith("write /opt/crossarm/cc", "link 21 programs into /opt/crossarm/bin", "");
    }

    @Test
    void shows_many_files_that_are_removed_from_a_folder_as_one_line() {
        Plan plan = plan(Stream.concat(
                names(20, PlanTextTest::removal),
                Stream.of(
                        removal("/opt/crossarm/bin"),
                        Change.of(Change.Kind.DELETE, "/opt/crossarm/x", "delete the record of x"))));

        assertThat(texts(plan, false))
                .startsWith(
                        "remove 20 files from /opt/crossarm/bin", "remove /opt/crossarm/bin", "delete the record of x");
        assertThat(new PlanText(plan, false, false).lines()).last().isEqualTo("22 changes in 1 step.");
    }

    @Test
    void shows_each_when_they_are_few() {
        assertThat(texts(plan(names(4, PlanTextTest::removal)), false))
                .startsWith("remove /opt/crossarm/bin/tool-0", "remove /opt/crossarm/bin/tool-1");
    }

    @Test
    void shows_each_when_everything_is_asked_for_and_in_json() {
        Plan plan = plan(names(20, PlanTextTest::removal));

        assertThat(texts(plan, true))
                .filteredOn(text -> text.startsWith("remove /opt"))
                .hasSize(20);
        assertThat(RunJson.of(plan).path("steps").path(0).path("changes")).hasSize(20);
    }
}
