package dev.crossarm.runner.env;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The services of runners. What systemd tells comes first; unit files are read directly for what it does not tell: where it
 * does not run (a chroot, a container, an image in the making) and units it has not loaded. Names are what {@code svc.sh} gives
 * them (actions/runner, SystemdControlManager.cs) and are never computed, because long ones end in a random number.
 */
final class SystemdUnits {
    private static final String PATTERN = "actions.runner.*.service";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final CommandRunner commands;
    private final RunnerPlaces places;

    SystemdUnits(CommandRunner commands, RunnerPlaces places) {
        this.commands = commands;
        this.places = places;
    }

    /** Whether systemd runs this host, so that services can be asked for and restarted. */
    boolean systemdRuns() {
        return Files.isDirectory(places.systemd());
    }

    /** Every unit of a runner, by name. */
    Collection<RunnerUnit> all() {
        Map<String, RunnerUnit> units = new TreeMap<>();
        for (Path file : unitFiles()) {
            read(file).ifPresent(unit -> units.put(unit.name(), unit));
        }
        if (systemdRuns()) {
            loaded().forEach(unit -> units.put(unit.name(), unit));
        }
        return units.values();
    }

    /** The folders in which units of runners can be, and those units with what overrides them. */
    Inputs inputs() {
        Inputs inputs = new Inputs().place(places.systemd());
        for (Path folder : places.unitFolders()) {
            inputs.whole(folder);
            matching(folder).forEach(inputs::tree);
        }
        if (systemdRuns()) {
            addLoaded(inputs);
        }
        return inputs;
    }

    /** While systemd has not read what changed, what it tells is not what the files say. */
    private void addLoaded(Inputs inputs) {
        List<String> names = names();
        if (names.isEmpty()) {
            return;
        }
        for (String paragraph : show("NeedDaemonReload,FragmentPath,DropInPaths", names)) {
            Map<String, String> properties = properties(paragraph.lines().toList());
            if (properties.getOrDefault("NeedDaemonReload", "no").equals("yes")) {
                inputs.incomplete();
            }
            for (String name : List.of("FragmentPath", "DropInPaths")) {
                for (String path : properties.getOrDefault(name, "").split(" ", -1)) {
                    if (path.startsWith("/")) {
                        inputs.whole(Path.of(path));
                    }
                }
            }
        }
    }

    private static List<Path> matching(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PATTERN + "*")) {
            found.forEach(files::add);
            return files;
        } catch (IOException none) {
            return List.of();
        }
    }

    private List<RunnerUnit> loaded() {
        List<String> names = names();
        if (names.isEmpty()) {
            return List.of();
        }
        List<RunnerUnit> units = new ArrayList<>();
        for (String paragraph : show("Id,WorkingDirectory,User,ActiveState,LoadState", names)) {
            Map<String, String> properties = properties(paragraph.lines().toList());
            if (!properties.getOrDefault("LoadState", "").equals("not-found")) {
                unit(properties.getOrDefault("Id", ""), properties, properties.getOrDefault("ActiveState", ""))
                        .ifPresent(units::add);
            }
        }
        return units;
    }

    private List<String> names() {
        return commands.run(Command.of("systemctl", "list-units", "--all", "--plain", "--no-legend", "--full", PATTERN)
                        .within(DEADLINE))
                .orThrow(
                        "systemctl-failed",
                        "systemd does not report which runners it runs",
                        "systemctl is-system-running")
                .out()
                .whole()
                .lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(name -> name.endsWith(".service"))
                .toList();
    }

    /** A paragraph of properties for each unit. */
    private String[] show(String wanted, List<String> names) {
        Command show = Command.of("systemctl", "show", "--property=" + wanted, "--")
                .withArguments(names)
                .within(DEADLINE);
        return commands.run(show)
                .orThrow("systemctl-failed", "systemd does not report its runners", "systemctl is-system-running")
                .out()
                .whole()
                .split("\n\n", 0);
    }

    private List<Path> unitFiles() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(places.unitFiles(), PATTERN)) {
            found.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException withoutSystemd) {
            return List.of();
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the unit files in", places.unitFiles(), String.valueOf(error.getMessage()))
                    .asException(error);
        }
        return files;
    }

    /** A unit file as far as svc.sh writes them: one line a setting, the last one wins. */
    private static Optional<RunnerUnit> read(Path file) {
        try {
            // Masked units are links to /dev/null: empty, and so without a directory.
            List<String> lines = Files.isRegularFile(file)
                    ? RegularFile.text(file, RegularFile.HAND_WRITTEN, StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
            int start = lines.indexOf("[Service]");
            List<String> section = new ArrayList<>();
            for (int i = start + 1;
                    start >= 0 && i < lines.size() && !lines.get(i).startsWith("[");
                    i++) {
                section.add(lines.get(i));
            }
            return unit(String.valueOf(file.getFileName()), properties(section), RunnerUnit.NOT_LOADED);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (AccessDeniedException denied) {
            throw RunnerProblems.unreadable("the unit file", file, "permission denied")
                    .asException(denied);
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the unit file", file, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }

    private static Optional<RunnerUnit> unit(String name, Map<String, String> properties, String state) {
        // systemd marks a directory that may be missing: with "-" in files, with "!" in what it shows.
        String directory = properties.getOrDefault("WorkingDirectory", "").replaceFirst("^[-!]", "");
        if (name.isEmpty() || !directory.startsWith("/")) {
            return Optional.empty();
        }
        Optional<String> user = Optional.of(properties.getOrDefault("User", "")).filter(value -> !value.isEmpty());
        return Optional.of(new RunnerUnit(name, Path.of(directory), user, state));
    }

    private static Map<String, String> properties(List<String> lines) {
        Map<String, String> properties = new HashMap<>();
        for (String line : lines) {
            int separator = line.indexOf('=');
            if (separator > 0) {
                properties.put(
                        line.substring(0, separator).strip(),
                        line.substring(separator + 1).strip());
            }
        }
        return properties;
    }
}
