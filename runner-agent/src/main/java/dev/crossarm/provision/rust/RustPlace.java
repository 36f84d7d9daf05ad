package dev.crossarm.provision.rust;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Settings;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.ProgramFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where Rust lives on a host, and how its programs are run there: as the job user, with the homes and servers of the
 * settings and nothing of the caller's.
 *
 * @param layout the homes
 * @param settings channel, components and servers
 * @param host the machine, for its triple
 */
public record RustPlace(Layout layout, Settings settings, HostFacts host) {
    /** rustup's own servers (rustup book, environment variables). */
    private static final String DIST_SERVER = "https://static.rust-lang.org";

    private static final String UPDATE_ROOT = DIST_SERVER + "/rustup";

    /** Long enough for a whole toolchain on a slow line; rustup itself gives up on a server that stops answering. */
    private static final Duration DEADLINE = Duration.ofMinutes(40);

    /** The machine's own target triple. */
    String hostTriple() {
        return host.architecture() + "-unknown-linux-gnu";
    }

    /** The program in its home. */
    public Path rustup() {
        return layout.cargoBin().resolve("rustup");
    }

    /** The name under which rustup keeps the configured toolchain. */
    String toolchain() {
        String channel = settings.channel();
        return channel.endsWith("-" + hostTriple()) ? channel : channel + "-" + hostTriple();
    }

    public Path toolchainDirectory() {
        return layout.rustupHome().resolve("toolchains").resolve(toolchain());
    }

    /** Where toolchains come from. */
    String distServer() {
        return withoutSlash(settings.rustupDistServer().orElse(DIST_SERVER));
    }

    /** Where rustup itself comes from. */
    String updateRoot() {
        return withoutSlash(settings.rustupUpdateRoot().orElse(UPDATE_ROOT));
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** rustup from its home with these arguments. */
    public Command rustup(List<String> arguments) {
        return command(rustup(), arguments);
    }

    /** A program of rustup's with these arguments. */
    public Command command(Path program, List<String> arguments) {
        return Command.of(program.toString())
                .withArguments(arguments)
                .withEnvironment(environment())
                // A toolchain file in the working directory would have a say otherwise.
                .in(Path.of("/"))
                .as(user())
                .within(DEADLINE);
    }

    Optional<String> user() {
        return layout.owner();
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("RUSTUP_HOME", layout.rustupHome().toString());
        variables.put("CARGO_HOME", layout.cargoHome().toString());
        variables.put("PATH", layout.cargoBin() + ":" + ProgramFolders.DEFAULT);
        variables.put("RUSTUP_DIST_SERVER", distServer());
        variables.put("RUSTUP_UPDATE_ROOT", updateRoot());
        variables.put("RUSTUP_TERM_COLOR", "never");
        variables.put("RUSTUP_AUTO_INSTALL", "0");
        // Another Rust on PATH, or a HOME kept by sudo, is no concern of homes that are named outright.
        variables.put("RUSTUP_INIT_SKIP_PATH_CHECK", "yes");
        variables.put("RUSTUP_INIT_SKIP_SUDO_CHECK", "yes");
        return variables;
    }
}
