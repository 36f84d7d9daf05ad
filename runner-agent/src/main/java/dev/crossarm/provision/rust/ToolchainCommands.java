package dev.crossarm.provision.rust;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.util.ArrayList;
import java.util.List;

/** What rustup is told to do with a toolchain. */
final class ToolchainCommands {
    private final RustPlace place;
    private final Target target;
    private final StepPorts ports;

    ToolchainCommands(RustPlace place, Target target, StepPorts ports) {
        this.place = place;
        this.target = target;
        this.ports = ports;
    }

    /** Installs the toolchain with everything configured, or moves a channel to its newest. */
    void install(Progress progress) {
        orAnew(
                installation(),
                "the Rust toolchain " + place.settings().channel() + " could not be installed",
                progress);
    }

    private List<String> installation() {
        List<String> arguments = new ArrayList<>(List.of(
                "toolchain",
                "install",
                place.settings().channel(),
                "--profile",
                "minimal",
                "--no-self-update",
                "--target",
                target.triple()));
        for (String component : place.settings().components()) {
            arguments.add("--component");
            arguments.add(component);
        }
        return arguments;
    }

    void addTarget(Progress progress) {
        orAnew(
                List.of("target", "add", "--toolchain", place.toolchain(), target.triple()),
                "the target " + target.triple() + " could not be added",
                progress);
    }

    void addComponent(String component, Progress progress) {
        orAnew(
                List.of("component", "add", "--toolchain", place.toolchain(), component),
                "the component " + component + " could not be added",
                progress);
    }

    void makeDefault(Progress progress) {
        run(List.of("default", place.toolchain()), "the default toolchain could not be set", progress);
    }

    /** @param kind {@code target} or {@code component} */
    void takeAway(String kind, String toolchain, String name, Progress progress) {
        run(
                List.of(kind, "remove", "--toolchain", toolchain, name),
                "the " + kind + " " + name + " could not be removed",
                progress);
    }

    /** In homes of ours, what a kill left in the middle of an installation is taken away and everything installed anew. */
    private void orAnew(List<String> arguments, String failure, Progress progress) {
        try {
            run(arguments, failure, progress);
        } catch (CrossarmException conflict) {
            boolean leftOvers = conflict.problem().code().equals("toolchain-conflict");
            if (!leftOvers || !place.layout().ownRustHomes()) {
                throw conflict;
            }
            progress.line("files of an interrupted installation are in the way: starting over");
            ports.files().deleteTree(place.toolchainDirectory());
            run(installation(), failure, progress);
        }
    }

    private void run(List<String> arguments, String failure, Progress progress) {
        CommandResult result =
                ports.commands().run(place.rustup(arguments), line -> RustupProgram.show(line, progress));
        if (!result.succeeded()) {
            Problem problem = RustupProgram.failure(result, failure, place.distServer());
            throw problem.asException();
        }
    }
}
