package dev.crossarm.health;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may turn a build that we set up into another one: foreign variables and cargo's files, and who wins. */
public final class BuildConflicts {

    private BuildConflicts() {}

    /**
     * Only what matters: warnings and errors, and of the notes those on compilers, linkers and flags for rustc, because who
     * set one of these expects it to be used. What merely also applies is left to {@code doctor}.
     *
     * @param variables of the caller; ours come on top of them
     * @param directory where cargo is run
     */
    public static List<Finding> of(
            Map<String, String> variables, Path directory, Path cargoHome, JobEnvironment ours, Target target) {
        ForeignVariables overrides = new ForeignVariables(target, ours);
        List<Finding> all = new ArrayList<>();
        variables.forEach((name, value) -> overrides.judge(Map.of(name, value), "here", "unset %s", true).stream()
                .filter(finding -> matters(finding, overrides.expectedToBeUsed(name)))
                .forEach(all::add));
        Map<String, String> set = new LinkedHashMap<>(variables);
        set.putAll(ours.variables());
        CargoConfigExamination configs = CargoConfigExamination.ofBuild(directory, cargoHome, target, ours, set);
        configs.each((setting, finding) -> {
            if (matters(finding, configs.expectedToBeUsed(setting))) {
                all.add(finding);
            }
        });
        return List.copyOf(all);
    }

    private static boolean matters(Finding finding, boolean expected) {
        return switch (finding.severity()) {
            case WARNING, ERROR -> true;
            case NOTE -> expected;
            case OK -> false;
        };
    }
}
