package dev.crossarm.provision;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import java.nio.file.Path;
import java.util.Map;

/** Real processes for tests, with this process's PATH and nothing else of its environment. */
public final class RealCommands {
    private RealCommands() {}

    public static CommandRunner create() {
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
