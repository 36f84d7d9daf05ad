package dev.crossarm.host.process;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.Surroundings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a child in a session of its own, as the right account, with its streams where they belong. */
final class ChildLauncher {
    private static final File NOTHING = new File("/dev/null");
    /** Interpreters look for their parts where they are started: never where the caller happens to be. */
    private static final Path NEUTRAL = Path.of("/");

    private final Surroundings surroundings;
    private final ChildEnvironment environments;
    private final Accounts accounts = new Accounts();

    ChildLauncher(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.environments = new ChildEnvironment(surroundings);
    }

    /** A started child and its two streams. */
    record Child(Process process, InputStream out, InputStream err) {}

    /** All that is known before the start. */
    record Prepared(Command command, List<String> argv, Map<String, String> environment, Path directory) {}

    Prepared prepare(Command command) {
        Optional<Account> account =
                command.user().filter(name -> !name.equals(surroundings.user())).map(name -> account(command, name));
        Map<String, String> environment = environments.of(command, account);
        Path directory = command.directory()
                .or(() -> account.map(Account::home).filter(Files::isDirectory))
                .orElse(NEUTRAL);
        if (!Files.isDirectory(directory)) {
            throw CommandProblems.folderMissing(command, directory).asException();
        }
        String path = environment.getOrDefault("PATH", "");
        List<String> argv = new ArrayList<>();
        argv.add(find("setsid", ProgramFolders.DEFAULT, directory));
        account.ifPresent(other -> argv.addAll(List.of(
                find("setpriv", ProgramFolders.DEFAULT, directory),
                "--reuid=" + Integer.toUnsignedString(other.uid()),
                "--regid=" + Integer.toUnsignedString(other.gid()),
                "--init-groups",
                "--")));
        argv.add(find(command.argv().get(0), path, directory));
        argv.addAll(command.argv().subList(1, command.argv().size()));
        return new Prepared(command, argv, environment, directory);
    }

    private Account account(Command command, String name) {
        if (!surroundings.root()) {
            throw CommandProblems.needsRoot(command, name).asException();
        }
        return accounts.byName(name)
                .orElseThrow(() -> FileProblems.noSuchAccount("user", name).asException());
    }

    private static String find(String program, String path, Path directory) {
        if (program.contains("/")) {
            return usable(directory.resolve(program))
                    .orElseThrow(
                            () -> CommandProblems.programNotFound(program, path).asException());
        }
        return ProgramFolders.find(program, path)
                .map(Path::toString)
                .orElseThrow(() -> ProgramFolders.files(program, path).stream()
                        .findFirst()
                        .map(CommandProblems::notExecutable)
                        .orElseGet(() -> CommandProblems.programNotFound(program, path))
                        .asException());
    }

    private static Optional<String> usable(Path program) {
        if (Files.isDirectory(program) || (Files.exists(program) && !Files.isExecutable(program))) {
            throw CommandProblems.notExecutable(program).asException();
        }
        return Files.exists(program) ? Optional.of(program.toString()) : Optional.empty();
    }

    Child start(Prepared prepared) {
        Command command = prepared.command();
        ProcessBuilder builder = new ProcessBuilder(prepared.argv());
        builder.directory(prepared.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(prepared.environment());
        if (command.input().isEmpty()) {
            builder.redirectInput(NOTHING);
        }
        Child child = command.onDeadline() == Command.OnDeadline.LEAVE
                ? startWithFiles(command, builder)
                : startWithPipes(command, builder);
        if (!command.input().isEmpty()) {
            feed(child.process(), command.input());
        }
        return child;
    }

    private static Child startWithPipes(Command command, ProcessBuilder builder) {
        try {
            Process process = builder.start();
            return new Child(process, process.getInputStream(), process.getErrorStream());
        } catch (IOException error) {
            throw CommandProblems.notStarted(command, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }

    /**
     * A child that must never be killed writes to files: a pipe would break with the agent's end, and the next line it
     * writes would end it. The files have no name any more once it runs.
     */
    private static Child startWithFiles(Command command, ProcessBuilder builder) {
        Path out = temporary(".out");
        Path err = temporary(".err");
        try {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
            builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
            Process process = builder.start();
            return new Child(
                    process,
                    new GrowingFile(out, () -> !process.isAlive()),
                    new GrowingFile(err, () -> !process.isAlive()));
        } catch (IOException error) {
            throw CommandProblems.notStarted(command, String.valueOf(error.getMessage()))
                    .asException(error);
        } finally {
            out.toFile().delete();
            err.toFile().delete();
        }
    }

    private static Path temporary(String end) {
        try {
            return Files.createTempFile("crossarm-", end);
        } catch (IOException error) {
            throw FileProblems.translate(
                    "create a temporary file in", Path.of(System.getProperty("java.io.tmpdir")), error);
        }
    }

    private static void feed(Process process, String input) {
        Thread writer = new Thread(
                () -> {
                    try (OutputStream stdin = process.getOutputStream()) {
                        stdin.write(input.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException notInterested) {
                        // A child may end, or close its input, without reading all of it.
                    }
                },
                "input of " + process.pid());
        writer.setDaemon(true);
        writer.start();
    }
}
