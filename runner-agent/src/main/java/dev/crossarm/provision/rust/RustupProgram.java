package dev.crossarm.provision.rust;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.KnownFailures;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rustup in a cargo home, as it is found there. */
final class RustupProgram {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> PROXIES = List.of("cargo", "rustc", "rustdoc");
    private static final Pattern VERSION = Pattern.compile("(?m)^rustup (\\S+)");

    private final RustPlace place;
    private final CommandRunner commands;

    RustupProgram(RustPlace place, CommandRunner commands) {
        this.place = place;
        this.commands = commands;
    }

    /** Whether there is anything under its name, working or not. */
    boolean present() {
        return FileState.isThere(place.rustup());
    }

    /** Whether it is a link to a program elsewhere, which the distribution then keeps up to date. */
    boolean elsewhere() {
        return FileState.link(place.rustup())
                .map(to -> !to.startsWith(place.layout().cargoHome()))
                .orElse(false);
    }

    /**
     * Its version when it runs; empty when it does not, as after a copy that was cut off.
     *
     * @throws CrossarmException when the calling thread is interrupted
     */
    Optional<String> version() {
        if (!Files.isExecutable(place.rustup())) {
            return Optional.empty();
        }
        CommandResult result;
        try {
            result = commands.run(place.rustup(List.of("--version")).within(DEADLINE));
        } catch (CrossarmException notAProgram) {
            if (Thread.currentThread().isInterrupted()) {
                throw notAProgram;
            }
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(result.out().whole());
        return result.succeeded() && version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }

    /** The program and the names beside it that are looked at. */
    List<Path> files() {
        return Stream.concat(
                        Stream.of(place.rustup()),
                        PROXIES.stream().map(name -> place.layout().cargoBin().resolve(name)))
                .toList();
    }

    /** Names beside it that should lead to it and are missing or lead nowhere. */
    List<String> missingProxies() {
        List<String> missing = new ArrayList<>();
        for (String name : PROXIES) {
            Path proxy = place.layout().cargoBin().resolve(name);
            if (!Files.isExecutable(proxy)) {
                missing.add(name);
            }
        }
        return missing;
    }

    /**
     * A failed run of rustup's as a problem: the cause where it is a known one, always with the command and its last lines.
     *
     * @param doing what failed
     * @param server that was asked
     */
    static Problem failure(CommandResult result, String doing, String server) {
        Problem plain = result.asProblem("rustup-failed", doing, "Run the command above by hand to see more");
        Problem whole = plain.withDetail("server: " + server + "\n" + plain.detail());
        if (result.timedOut()) {
            return new Problem(
                    "rust-server-unreachable",
                    doing + ": rustup timed out",
                    whole.detail(),
                    List.of("Check the connection: curl -fsSI " + server, KnownFailures.OTHER_SERVER),
                    ExitStatus.UNAVAILABLE);
        }
        return KnownFailures.RUSTUP.find(
                result.out().tail() + "\n" + result.err().tail(), whole, Map.of("server", server));
    }

    /** A line of rustup's as progress, without its levels and without empty ones. */
    static void show(String line, Progress progress) {
        String text = line.strip();
        if (!text.isEmpty()) {
            progress.line(text.startsWith("info: ") ? text.substring("info: ".length()) : text);
        }
    }
}
