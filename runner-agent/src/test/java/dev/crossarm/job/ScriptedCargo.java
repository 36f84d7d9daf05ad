package dev.crossarm.job;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A machine with a cargo that is a script: what it answers to {@code metadata}, {@code build}, {@code test} and {@code tree} is
 * given by the test. Processes, files and locks are real.
 */
public final class ScriptedCargo {
    private static final String TRIPLE = Target.X86_64_MUSL.triple();

    final Path root;
    final Path project;
    final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> answers = new TreeMap<>();
    private String crateTypes = "\"bin\"";
    private int otherMembers;
    private String beforeMetadata = "";

    public ScriptedCargo(Path root) {
        this.root = root;
        this.project = root.resolve("my project");
        environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        make(project);
        make(root.resolve("bin"));
        write(project.resolve("Cargo.toml"), "[package]\n");
        write(project.resolve("Cargo.lock"), "version = 4\n");
        answers.put("tree", "");
    }

    public ScriptedCargo variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Shell lines for a subcommand. */
    ScriptedCargo answering(String subcommand, String shell) {
        answers.put(subcommand, shell);
        return this;
    }

    ScriptedCargo makingOnly(String type) {
        crateTypes = "\"" + type + "\"";
        return this;
    }

    /** Shell lines in place of a description of the project. */
    ScriptedCargo failingMetadata(String shell) {
        beforeMetadata = shell + "\n";
        return this;
    }

    /** So many more packages, each described as cargo does, in about 5 KiB. */
    ScriptedCargo amongMembers(int others) {
        otherMembers = others;
        return this;
    }

    private String otherMembers() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < otherMembers; i++) {
            members.append(",\n{\"name\":\"other-").append(i);
            members.append("\",\"version\":\"1.0.0\",\"id\":\"path+file:///other#")
                    .append(i);
            members.append("\",\"manifest_path\":\"/other/").append(i).append("/Cargo.toml\",\"description\":\"");
            members.append("x".repeat(5000)).append("\",\"targets\":[]}");
        }
        return members.toString();
    }

    /** Shell lines that build this program: a file, and the message about it. */
    static String builds(String name, String source) {
        String place = "${CARGO_TARGET_DIR:-target}/" + TRIPLE + "/debug/" + name;
        return "mkdir -p \"$(dirname \"" + place + "\")\"; cp " + source + " \"" + place + "\"\n"
                + "printf '{\"reason\":\"compiler-artifact\",\"package_id\":\"path+file:///p#demo@1.0.0\",\"manifest_path\":\"/p/Cargo.toml\","
                + "\"target\":{\"kind\":[\"bin\"],\"name\":\"" + name
                + "\"},\"profile\":{\"test\":false},\"filenames\":[\"%s\"],"
                + "\"executable\":\"%s\",\"fresh\":false}\\n' \"$(realpath \"" + place + "\")\" \"$(realpath \"" + place
                + "\")\"\n";
    }

    public BuildHost host() {
        StringBuilder script =
                new StringBuilder("#!/bin/bash\ncd \"$PWD\"\necho \"$@\" >>'" + root + "/calls'\ncase $1 in\n");
        String metadata =
                "{\"packages\":[{\"name\":\"demo\",\"version\":\"1.0.0\",\"id\":\"path+file:///p#demo@1.0.0\","
                        + "\"manifest_path\":\"" + project + "/Cargo.toml\",\"targets\":[{\"kind\":[" + crateTypes
                        + "],\"name\":\"demo\",\"crate_types\":[" + crateTypes
                        + "]}]}" + otherMembers() + "],\"workspace_default_members\":[\"path+file:///p#demo@1.0.0\"],"
                        + "\"workspace_root\":\"" + project + "\",\"target_directory\":\"" + project + "/target\"}";
        script.append("metadata) ").append(beforeMetadata);
        script.append("cat <<'JSON'\n").append(metadata).append("\nJSON\n;;\n");
        answers.forEach(
                (name, shell) -> script.append(name).append(")\n").append(shell).append("\n;;\n"));
        write(root.resolve("bin/cargo"), script.append("esac\n").toString());
        executable(root.resolve("bin/cargo"));
        Surroundings surroundings = new Surroundings(environment, "ada", false, root, project, false, 80);
        ProcessCommandRunner commands = new ProcessCommandRunner(surroundings);
        Layout layout = new Layout(
                root.resolve("prefix"),
                root.resolve("state"),
                root.resolve("rustup"),
                root.resolve("cargo"),
                true,
                Optional.empty());
        Settings settings = new Settings(
                Scope.USER,
                layout.prefix(),
                layout.state(),
                Optional.empty(),
                Target.X86_64_MUSL,
                Compiler.MUSL,
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ofMinutes(1));
        return new BuildHost(
                surroundings,
                new HostFacts("debian", "12", "Debian 12", "x86_64", "6.1", 1L << 33, 2),
                settings,
                layout,
                new JobEnvironment(Map.of(), List.of()),
                Target.X86_64_MUSL,
                commands,
                commands,
                new DurableFiles(Checkpoint.NONE),
                () -> Instant.parse("2026-11-23T07:00:00Z"),
                duration -> Thread.sleep(duration.toMillis()),
                System::nanoTime,
                new Random(1));
    }

    BuildScreen terminal() {
        return new BuildScreen(
                new PrintStream(screen, true, StandardCharsets.UTF_8), false, false, false, () -> 80, text -> text);
    }

    BuildRun.Ended build(BuildRequest request) {
        return new BuildRun(host(), terminal(), request).carryOut(List::of);
    }

    BuildRequest request() {
        return new BuildRequest(
                project,
                cargo(List.of()),
                Optional.empty(),
                BuildRequest.Checks.OFF,
                new BuildRequest.Trial(false, Optional.empty(), Duration.ofSeconds(20)),
                new BuildRequest.Packing(
                        Optional.empty(), List.of(), false, Optional.empty(), Optional.of(false), false),
                new BuildRequest.Cache(Optional.of(false), root.resolve("cache"), 1L << 40));
    }

    static CargoChoice cargo(List<String> arguments) {
        return new CargoChoice(
                List.of(),
                List.of(),
                false,
                "dev",
                List.of(),
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                arguments);
    }

    String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    List<String> calls() {
        try {
            return Files.readAllLines(root.resolve("calls"));
        } catch (IOException none) {
            return List.of();
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static void executable(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
