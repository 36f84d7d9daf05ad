package dev.crossarm.health;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.toolchain.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may turn a build that we set up into another one: foreign variables and cargo's files, and who wins. */
public final class BuildConflicts {

    private BuildConflicts() {}

    /**
     * Only what matters: what merely also applies is left to {@code doctor}.
     *
     * @param variables of the caller; ours come on top of them
     * @param directory where cargo is run
     */
    public static List<Finding> of(
            Map<String, String> variables, Path directory, Path cargoHome, JobEnvironment ours, Target target) {
        List<Finding> all = new ArrayList<>(new Overrides(target, ours).judge(variables, "here", "unset %s", true));
        all.addAll(new CargoConfigExamination(directory, cargoHome, target, ours.variables()).examine());
        return all.stream()
                .filter(finding -> finding.severity() == Severity.WARNING || finding.severity() == Severity.ERROR)
                .toList();
    }
}
