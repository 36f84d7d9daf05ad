package dev.crossarm.job.prepare;

import dev.crossarm.host.files.HostLock;
import dev.crossarm.host.process.Command;
import dev.crossarm.job.cargo.ActiveToolchain;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.job.request.Provisioned;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sees to it that the toolchain a project builds with has the target's standard library. */
final class TargetInstallation {
    private final BuildHost host;
    private final BuildScreen screen;

    TargetInstallation(BuildHost host, BuildScreen screen) {
        this.host = host;
        this.screen = screen;
    }

    /**
     * Adds the target where it is missing, and the toolchain too.
     *
     * @return the toolchain's name, when it is known
     */
    Optional<String> ensure(CargoChoice choice, Path directory, Map<String, String> variables) {
        Path rustup = host.layout().cargoBin().resolve("rustup");
        Optional<Path> place = new Provisioned(host).program("rustup");
        if (place.isEmpty()) {
            if (choice.toolchain().isPresent()) {
                throw Problem.of(
                                ExitStatus.CONFIGURATION,
                                "no-rustup",
                                "--toolchain needs rustup, which is not in " + rustup.getParent() + " or on PATH",
                                "crossarm provision")
                        .asException();
            }
            return Optional.empty();
        }
        Optional<ActiveToolchain> found = ActiveToolchain.find(
                Optional.ofNullable(variables.get("RUSTUP_TOOLCHAIN")).filter(name -> !name.isEmpty()),
                directory,
                host.layout().rustupHome(),
                host.facts().architecture() + "-unknown-linux-gnu");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ActiveToolchain toolchain = found.get();
        if (!toolchain.has(host.target().triple())) {
            alone(toolchain, choice, place.get(), variables);
        }
        return Optional.of(toolchain.name());
    }

    /** Two runs of rustup in one home at once spoil each other's downloads; rustup itself keeps nobody out. */
    private void alone(ActiveToolchain toolchain, CargoChoice choice, Path rustup, Map<String, String> variables) {
        if (choice.withoutNetwork() || !Files.isWritable(host.layout().rustupHome())) {
            add(toolchain, choice, rustup, variables);
            return;
        }
        HostLock lock = new HostLock(
                host.layout().rustupHome().resolve("crossarm.lock"), host.files(), host.clock(), host.sleeper());
        HostLock.Held held =
                lock.acquire("crossarm build: rustup", host.settings().lockTimeout(), screen::say);
        try {
            if (!toolchain.has(host.target().triple())) {
                add(toolchain, choice, rustup, variables);
            }
        } finally {
            held.close();
        }
    }

    private void add(ActiveToolchain toolchain, CargoChoice choice, Path rustup, Map<String, String> variables) {
        String triple = host.target().triple();
        String what = toolchain.installed()
                ? "the toolchain " + toolchain.name() + " does not have the target " + triple
                : "the toolchain " + toolchain.name() + " is not installed";
        if (choice.withoutNetwork()) {
            throw missing(what, toolchain, rustup, "and this build may not use the network")
                    .asException();
        }
        if (toolchain.name().startsWith("/")) {
            throw unattended(what, toolchain).asException();
        }
        screen.say(what + " (" + toolchain.because() + "): adding it");
        List<String> line = new ArrayList<>(List.of(rustup.toString()));
        line.addAll(addition(toolchain, triple));
        // A job that wants Rust's backtraces does not want rustup's.
        Map<String, String> calm = new HashMap<>(variables);
        calm.put("RUST_BACKTRACE", "0");
        // Not in the project's folder: there rustup would install what the file asks for first.
        Command command = host.command(line, calm, Path.of("/"));
        int exit = host.streams().stream(command, screen.passing());
        if (exit != 0) {
            throw missing(what, toolchain, rustup, "and rustup could not add it: it ended with status " + exit)
                    .asException();
        }
    }

    private static List<String> addition(ActiveToolchain toolchain, String triple) {
        return toolchain.installed()
                ? List.of("target", "add", "--toolchain", toolchain.name(), triple)
                : List.of(
                        "toolchain",
                        "install",
                        toolchain.name(),
                        "--profile",
                        "minimal",
                        "--no-self-update",
                        "--target",
                        triple);
    }

    private Problem missing(String what, ActiveToolchain toolchain, Path rustup, String why) {
        // As a shell has to say it, which may know neither this rustup nor its homes.
        String homes = "RUSTUP_HOME=" + host.layout().rustupHome() + " CARGO_HOME="
                + host.layout().cargoHome();
        String command = String.join(" ", addition(toolchain, host.target().triple()));
        return new Problem(
                "target-missing",
                what,
                toolchain.because() + ", " + why,
                List.of("Add it by hand: " + homes + " " + rustup + " " + command, "crossarm doctor"),
                ExitStatus.CONFIGURATION);
    }

    private Problem unattended(String what, ActiveToolchain toolchain) {
        return new Problem(
                "target-missing",
                what,
                toolchain.because() + ", and rustup does not manage it",
                List.of("Put the target's standard library into " + toolchain.name()
                        + ", or select a toolchain that rustup has"),
                ExitStatus.CONFIGURATION);
    }
}
