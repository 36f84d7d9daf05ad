package dev.crossarm.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.TargetFix;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckTextTest {

    private static List<String> lines(int differences, boolean all) {
        List<Repair> list = IntStream.range(0, differences)
                .mapToObj(i -> TargetFix.of(
                        Difference.missing("/opt/" + i, "a file"),
                        Change.of(Change.Kind.WRITE_FILE, "/opt/" + i, "write /opt/" + i)))
                .toList();
        Plan plan = new Plan(
                Plan.Action.PROVISION,
                List.of(new Plan.PlannedStep(
                        StepId.of("tools"), "tools", Set.of(), new Observation.Drifted(list), List.of(), false)));
        return new CheckText(plan, "To fix it: crossarm provision", all, false).lines();
    }

    @Test
    void lists_every_difference_when_they_are_few() {
        assertThat(lines(6, false))
                .hasSize(6 + 2)
                .noneMatch(line -> line.contains("more"))
                .last()
                .isEqualTo("To fix it: crossarm provision");
    }

    @Test
    void counts_those_it_does_not_list_when_they_are_many() {
        List<String> lines = lines(150, false);

        assertThat(lines).hasSize(6 + 2);
        assertThat(lines.get(5)).isEqualTo(" ".repeat(30) + "and 145 more (--verbose lists them)");
    }

    @Test
    void lists_them_all_when_asked_to() {
        assertThat(lines(150, true)).hasSize(150 + 2);
    }
}
