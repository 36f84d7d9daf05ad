package dev.crossarm.runner.env;

import dev.crossarm.host.RootsOwn;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the runners of this host: the directories and patterns given by option or configuration, what systemd units named {@code
 * actions.runner.*} point at, and those that were set up before, whichever way they were named then. Reads only.
 */
public final class RunnerFinder {
    private static final List<String> SIGNS = List.of("bin/Runner.Listener", "config.sh", ".runner");

    private final List<String> given;
    private final ReceiptStore receipts;
    private final SystemdUnits units;

    /**
     * @param given directories, or patterns as a shell knows them: with a star, a question mark, brackets or braces
     * @param receipts tell of the runners that were set up before
     */
    public RunnerFinder(List<String> given, ReceiptStore receipts, CommandRunner commands, RunnerPlaces places) {
        this.given = List.copyOf(given);
        this.receipts = receipts;
        this.units = new SystemdUnits(commands, places);
    }

    /** Whether systemd runs this host, so that services can be restarted. */
    boolean systemdRuns() {
        return units.systemdRuns();
    }

    /**
     * The runners that are there now. None is no error. Two ways to the same directory are one runner.
     *
     * @throws dev.crossarm.problem.CrossarmException when a directory that was given (and not a pattern) is not a runner's (78), when
     *     something cannot be read (77), or when systemd runs and does not answer
     */
    public FoundRunners find() {
        return find(units.all());
    }

    private FoundRunners find(Collection<RunnerUnit> all) {
        Map<Path, Optional<RunnerUnit>> found = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        for (String entry : given) {
            for (Path directory : isPattern(entry) ? matches(entry, notes, read -> {}) : List.of(certain(entry))) {
                found.put(real(directory), Optional.empty());
            }
        }
        for (RunnerUnit unit : all) {
            if (isRunner(unit.directory())) {
                found.merge(real(unit.directory()), Optional.of(unit), RunnerFinder::running);
            } else {
                notes.add(unit.name() + " points at " + unit.directory() + ", which is not a runner's directory");
            }
        }
        List<Path> gone = new ArrayList<>();
        for (Path directory : setUpBefore()) {
            if (found.containsKey(directory)) {
                continue;
            }
            if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
                gone.add(directory);
            } else if (isRunner(directory) && real(directory).equals(directory)) {
                found.put(directory, Optional.empty());
            } else {
                notes.add(directory + " was set up as a runner's directory and "
                        + (hidden(directory) ? "cannot be looked at by this account" : "is none any more"));
            }
        }
        List<RunnerInstance> runners = new ArrayList<>();
        found.forEach((directory, unit) -> runners.add(new RunnerInstance(directory, owner(directory), unit)));
        return new FoundRunners(runners, notes, gone);
    }

    private List<Path> setUpBefore() {
        return receipts
                .read(RunnerEnvironmentStep.ID, RunnerReceipt.class)
                .orElse(RunnerReceipt.NONE)
                .runners()
                .stream()
                .map(entry -> Path.of(entry.directory()))
                .toList();
    }

    /**
     * A find with its sources.
     *
     * @param found the runners
     * @param inputs everything they were found by, but for units that systemd knows from no file
     */
    record Sourced(FoundRunners found, Inputs inputs) {}

    /** {@link #find}, and what it reads. */
    Sourced findWithInputs() {
        Collection<RunnerUnit> all = units.all();
        FoundRunners found = find(all);
        Inputs inputs = units.inputs();
        for (String entry : given) {
            if (isPattern(entry)) {
                matches(entry, new ArrayList<>(), inputs::whole);
            } else {
                look(inputs, Path.of(entry).toAbsolutePath().normalize());
            }
        }
        // As they name them: what is no runner yet may become one, and a link may be moved.
        all.forEach(unit -> look(inputs, unit.directory()));
        found.runners().forEach(runner -> look(inputs, runner.directory()));
        inputs.whole(receipts.file(RunnerEnvironmentStep.ID));
        setUpBefore().forEach(directory -> look(inputs, directory));
        return new Sourced(found, inputs);
    }

    private static void look(Inputs inputs, Path directory) {
        inputs.place(directory);
        SIGNS.forEach(sign -> inputs.place(directory.resolve(sign)));
    }

    /** Of two units for one directory, the one that runs. */
    private static Optional<RunnerUnit> running(Optional<RunnerUnit> first, Optional<RunnerUnit> second) {
        return first.filter(RunnerUnit::running).isPresent() ? first : second;
    }

    private static boolean isPattern(String entry) {
        return entry.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0) && !Files.isDirectory(Path.of(entry));
    }

    private static Path certain(String entry) {
        Path directory = Path.of(entry).toAbsolutePath().normalize();
        if (isRunner(directory)) {
            return directory;
        }
        throw hidden(directory)
                ? RunnerProblems.unreadable("the directory", directory, "permission denied")
                        .asException()
                : RunnerProblems.notARunner(entry).asException();
    }

    /** Whether it cannot be told if this is a runner's, for lack of rights. */
    private static boolean hidden(Path directory) {
        return SIGNS.stream()
                .map(directory::resolve)
                .anyMatch(sign -> !Files.notExists(sign, LinkOption.NOFOLLOW_LINKS)
                        && !Files.exists(sign, LinkOption.NOFOLLOW_LINKS));
    }

    /** Goes down name by name, so that a pattern may stand at any depth and only what it names is read. */
    private static List<Path> matches(String pattern, List<String> notes, Consumer<Path> read) {
        List<Path> level = List.of(Path.of("/"));
        for (Path name : Path.of(pattern).toAbsolutePath().normalize()) {
            List<Path> next = new ArrayList<>();
            for (Path directory : level) {
                read.accept(directory);
                next.addAll(below(directory, name.toString(), pattern));
            }
            level = next;
        }
        level.stream()
                .flatMap(directory -> SIGNS.stream().map(directory::resolve))
                .forEach(read);
        List<Path> runners = new ArrayList<>();
        for (Path runner : level.stream().filter(RunnerFinder::isRunner).toList()) {
            // Whoever made it must not write to the terminal of whoever typed the pattern.
            String name = Printable.marked(runner.toString());
            if (name.equals(runner.toString())) {
                runners.add(runner);
            } else {
                notes.add(name + " is left out: its name has characters that cannot be printed");
            }
        }
        if (runners.isEmpty()) {
            notes.add("no runner matches " + pattern);
        }
        return runners;
    }

    private static List<Path> below(Path directory, String name, String pattern) {
        if (name.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            Path next = directory.resolve(name);
            return Files.isDirectory(next) ? List.of(next) : List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, name)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    found.add(entry);
                }
            }
        } catch (PatternSyntaxException bad) {
            throw RunnerProblems.badPattern(pattern, bad.getDescription()).asException(bad);
        } catch (IOException | DirectoryIteratorException error) {
            throw RunnerProblems.unreadable("the directory", directory, String.valueOf(error.getMessage()))
                    .asException(error);
        }
        return found;
    }

    /** The runner in this directory, whatever starts it. */
    static RunnerInstance at(Path directory) {
        return new RunnerInstance(directory, owner(directory), Optional.empty());
    }

    static boolean isRunner(Path directory) {
        return SIGNS.stream().anyMatch(sign -> Files.exists(directory.resolve(sign), LinkOption.NOFOLLOW_LINKS));
    }

    private static Path real(Path directory) {
        try {
            return RootsOwn.real(directory);
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the directory", directory, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }

    private static String owner(Path directory) {
        try {
            return Files.getOwner(directory).getName();
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the directory", directory, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }
}
