package dev.crossarm.provision.proof;

import dev.crossarm.config.Layout;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.environment.SearchPath;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a self-test puts to the test.
 *
 * @param tools the distribution's tools and with them the target
 * @param standardCpp whether C++ with its standard library is to work
 * @param environment what a job gets; the probe gets it and nothing else
 * @param layout where everything lies
 * @param host this machine
 * @param user account to build as, the process's own when absent
 * @param home that account's home directory
 * @param version our own version
 */
public record SelfTestSubject(
        CrossTools tools,
        boolean standardCpp,
        JobEnvironment environment,
        Layout layout,
        HostFacts host,
        Optional<String> user,
        Path home,
        String version) {

    Target target() {
        return tools.target();
    }

    /** Whether programs of the target run on this machine's own processor. */
    boolean runsNatively() {
        return host.architecture().equals(tools.target().architecture());
    }

    /** The program that a variable of the environment names, with arguments it may carry. */
    Optional<List<String>> tool(String variable) {
        return Optional.ofNullable(environment.variables().get(variable))
                .map(value -> List.of(value.strip().split("\\s+")));
    }

    List<String> compiler() {
        return tool("CC_" + target().underscored()).orElseThrow(() -> missing("CC_" + target().underscored()));
    }

    List<String> linker() {
        String variable = "CARGO_TARGET_" + target().screaming() + "_LINKER";
        return tool(variable).orElseThrow(() -> missing(variable));
    }

    /** What a program of the target is started with: nothing, or the emulator the environment names. */
    List<String> emulator() {
        String variable = "CARGO_TARGET_" + target().screaming() + "_RUNNER";
        return runsNatively() ? List.of() : tool(variable).orElseThrow(() -> missing(variable));
    }

    /** PATH as a job has it. */
    String path() {
        return SearchPath.prepend(environment.pathPrefix(), ProgramFolders.DEFAULT);
    }

    /** A command line of the tool and what follows. */
    static List<String> line(List<String> tool, String... arguments) {
        List<String> all = new ArrayList<>(tool);
        all.addAll(List.of(arguments));
        return all;
    }

    private static RuntimeException missing(String variable) {
        return SelfTestProblems.variableMissing(variable).asException();
    }
}
