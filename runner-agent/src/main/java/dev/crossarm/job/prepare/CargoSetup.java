package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.Project;
import dev.crossarm.job.request.CargoChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What cargo is run with in a build that can begin.
 *
 * @param project the workspace
 * @param cargo the program
 * @param variables the environment of cargo
 * @param options what cargo is given besides the choice: the target and the level
 * @param toolchain rustup's name of it, where rustup is there
 * @param needs what was arranged for single crates, one line each
 * @param warnings what may go wrong
 */
public record CargoSetup(
        Project project,
        String cargo,
        Map<String, String> variables,
        List<String> options,
        Optional<String> toolchain,
        List<String> needs,
        List<Caution> warnings) {

    public CargoSetup {
        options = List.copyOf(options);
        needs = List.copyOf(needs);
        warnings = List.copyOf(warnings);
    }

    /** Where cargo builds when nobody sends it elsewhere: what later steps of a job look into. */
    Path usual(String triple, CargoChoice choice) {
        return project.targetDirectory().resolve(triple).resolve(choice.profileFolder());
    }

    /** The same with a variable more. */
    public CargoSetup with(String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return new CargoSetup(project, cargo, more, options, toolchain, needs, warnings);
    }
}
