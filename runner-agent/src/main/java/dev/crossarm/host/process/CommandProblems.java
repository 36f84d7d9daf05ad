package dev.crossarm.host.process;

import dev.crossarm.host.FileProblems;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/** What can go wrong around a child, apart from the child itself failing. */
final class CommandProblems {

    private CommandProblems() {}

    static Problem programNotFound(String program, String path) {
        return new Problem(
                "program-not-found",
                "the program " + program + " is not installed",
                "looked for in PATH=" + path,
                List.of("command -v " + program, "apt-cache search --names-only " + program),
                ExitStatus.UNAVAILABLE);
    }

    static Problem notExecutable(Path program) {
        return new Problem(
                "not-executable",
                program + " is not executable",
                "",
                List.of("ls -l " + FileProblems.quoted(program), "sudo chmod a+x " + FileProblems.quoted(program)),
                ExitStatus.NO_PERMISSION);
    }

    static Problem folderMissing(Command command, Path folder) {
        return new Problem(
                "folder-missing",
                "cannot run " + command.program() + " in " + folder + ": no such folder",
                command.shown(),
                List.of("ls -ld " + FileProblems.quoted(folder)),
                ExitStatus.CANNOT_CREATE);
    }

    static Problem needsRoot(Command command, String user) {
        return new Problem(
                "needs-root",
                "running " + command.program() + " as " + user + " needs root",
                command.shown(),
                List.of("Run the same command as root: sudo crossarm …"),
                ExitStatus.NO_PERMISSION);
    }

    static Problem notStarted(Command command, String reason) {
        return new Problem(
                "cannot-start",
                "cannot start " + command.program(),
                command.shown() + "\n" + reason,
                List.of("See what has run out: free -m; ulimit -u; ps -e | wc -l"),
                ExitStatus.TRY_LATER);
    }

    static Problem interrupted(Command command) {
        return new Problem(
                "interrupted",
                "interrupted while " + command.program() + " was running; it was stopped",
                command.shown(),
                List.of("Run the same command again; it continues where it stopped"),
                ExitStatus.TRY_LATER);
    }

    static Problem leftRunning(Command command, long pid) {
        return new Problem(
                "left-running",
                "interrupted while " + command.program() + " was running; it continues as process " + pid,
                command.shown(),
                List.of("Wait until it ends: tail --pid=" + pid + " -f /dev/null", "then run the same command again"),
                ExitStatus.TRY_LATER);
    }

    static Problem stopping(Command command) {
        return new Problem(
                "stopping",
                command.program() + " was not started: crossarm is stopping",
                command.shown(),
                List.of("Run the same command again; it continues where it stopped"),
                ExitStatus.TRY_LATER);
    }
}
