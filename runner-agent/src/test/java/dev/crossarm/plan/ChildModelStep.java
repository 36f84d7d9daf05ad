package dev.crossarm.plan;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model of the steps that let a program do the work: a script that builds a directory under another name and moves it
 * into place. The script is part of the host, so that tests can put a bad one there.
 */
final class ChildModelStep implements Step {
    static final String SCRIPT = "usr/bin/make-tools";

    /** Ends itself by SIGKILL at the place whose number is in the file kill-at beside it, as if the kernel had. */
    static final String GOOD_SCRIPT = """
            #!/bin/sh
            set -eu
            kill_at=$(cat "$0.kill-at" 2>/dev/null || echo 0)
            place=0
            reach() {
              place=$((place + 1))
              if [ "$place" = "$kill_at" ]; then kill -KILL $$; fi
            }
            reach
            rm -rf "$1.part"
            reach
            mkdir "$1.part"
            reach
            head -c 30000 /dev/zero > "$1.part/library"
            reach
            echo compiler > "$1.part/cc"
            reach
            mv "$1.part" "$1"
            reach
            echo "made $1"
            """;

    private final Path host;
    private final Path tools;
    private final CommandRunner commands;
    private final HostFiles files;
    private final Duration deadline;

    ChildModelStep(Path host, CommandRunner commands, HostFiles files, Duration deadline) {
        this.host = host;
        this.tools = host.resolve("opt/tools");
        this.commands = commands;
        this.files = files;
        this.deadline = deadline;
    }

    /** What a fresh host has. */
    static void prepare(Path host) throws IOException {
        Files.createDirectories(host.resolve("opt"));
        putScript(host, GOOD_SCRIPT);
    }

    static void putScript(Path host, String text) throws IOException {
        Path script = host.resolve(SCRIPT);
        Files.createDirectories(Objects.requireNonNull(script.getParent()));
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public StepId id() {
        return StepId.of("child-model");
    }

    @Override
    public String summary() {
        return "model tools";
    }

    @Override
    public Set<StepId> requires() {
        return Set.of();
    }

    @Override
    public Observation check() {
        return Files.exists(tools.resolve("cc"))
                ? Observation.Satisfied.of("tools are there")
                : new Observation.Drifted(List.of(TargetFix.of(
                        Difference.missing(tools.toString(), "present"),
                        Change.of(Change.Kind.RUN, tools.toString(), "make the tools"))));
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(new Inputs().place(tools.resolve("cc")));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        TargetFix change = (TargetFix) fix;
        if (change.kind() == Change.Kind.DELETE) {
            files.deleteTree(Path.of(change.target()));
            return;
        }
        commands.run(
                        Command.of(host.resolve(SCRIPT).toString(), tools.toString())
                                .within(deadline),
                        progress::line)
                .orThrow("tools-not-made", "the tools could not be made", host.resolve(SCRIPT) + " " + tools);
    }

    @Override
    public List<Repair> planRemoval() {
        List<Repair> changes = new ArrayList<>();
        for (Path ours : List.of(tools, tools.resolveSibling("tools.part"))) {
            if (Files.exists(ours)) {
                changes.add(
                        TargetFix.of(Change.of(Change.Kind.DELETE, ours.toString(), "delete " + ours.getFileName())));
            }
        }
        return changes;
    }
}
