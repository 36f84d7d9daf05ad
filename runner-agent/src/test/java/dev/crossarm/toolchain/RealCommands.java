package dev.crossarm.toolchain;

import dev.crossarm.host.CommandRunner;
import dev.crossarm.host.ProcessCommandRunner;
import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.Map;

/** Real processes for tests, with this process's PATH and nothing else of its environment. */
final class RealCommands {
    private RealCommands() {}

    static CommandRunner create() {
        String user = System.getProperty("user.name");
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        return new ProcessCommandRunner(new Surroundings(
                environment,
                user,
                user.equals("root"),
                Path.of(System.getProperty("user.home")),
                Path.of("/"),
                false,
                80));
    }
}
