package dev.crossarm.job.request;

import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine looks provisioned: a few files are looked at, no program is run. {@code crossarm check} knows all. */
public final class Provisioned {
    private final BuildHost host;

    public Provisioned(BuildHost host) {
        this.host = host;
    }

    /** What is missing, as a problem that says how to get it; nothing when all is there. */
    public Optional<Problem> objection() {
        List<String> missing = new ArrayList<>();
        host.environment().variables().forEach((name, value) -> {
            boolean named = name.matches(
                    "(CC|CXX|AR|RANLIB|CMAKE_TOOLCHAIN_FILE)_.*|CARGO_TARGET_.*_(LINKER|RUNNER)|CONFIG_SITE");
            if (named && value.startsWith("/") && !Files.exists(Path.of(value))) {
                missing.add(value + " (" + name + ")");
            }
        });
        if (program("cargo").isEmpty()) {
            missing.add("cargo is neither in " + host.layout().cargoBin() + " nor on PATH");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "not-provisioned",
                        "this machine is not provisioned for " + host.target().triple(),
                        "missing:\n" + String.join("\n", missing),
                        List.of("crossarm provision", "See everything: crossarm doctor"),
                        ExitStatus.CONFIGURATION));
    }

    /** A program on the PATH of the build. */
    public Optional<Path> program(String name) {
        String path = host.variables().getOrDefault("PATH", ProgramFolders.DEFAULT);
        return ProgramFolders.find(name, path);
    }

    /** The action's input that brings C++ here, where the action set up the account of this very job. */
    public Optional<String> inputForCpp() {
        return host.surroundings()
                .variable("CROSSARM_SET_UP_BY_JOB")
                .map(set -> "In the workflow, under the action's 'with:': cpp: true");
    }

    /** Whether C++ can use its standard library. */
    public boolean standardCpp() {
        return host.settings().compiler().needsCpp();
    }
}
