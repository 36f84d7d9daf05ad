package dev.crossarm.job.program;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.Scratch;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.target.CrossTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes names and debug information out of a program, with the tools of its target. Cargo's program and the one in its
 * {@code deps} folder are one file under two names, so a new file is put under the first name and the old one is not
 * touched: cargo finds in {@code deps} what it put there and builds nothing again.
 */
final class Stripping {
    private final CommandRunner commands;
    private final DurableFiles files;
    private final CrossTools tools;

    Stripping(CommandRunner commands, DurableFiles files, CrossTools tools) {
        this.commands = commands;
        this.files = files;
        this.tools = tools;
    }

    /**
     * Strips in place, at once.
     *
     * @param keepDebugFile whether what is taken out is kept as {@code NAME.debug} beside it, where debuggers look by the
     *     link in the program
     * @return the debug file
     * @throws dev.crossarm.problem.CrossarmException when the tools fail (1) or files cannot be written (73)
     */
    Optional<Path> strip(Path program, boolean keepDebugFile) {
        Path file = program.toAbsolutePath();
        Path folder = Objects.requireNonNull(file.getParent(), "a file lies in a folder");
        String name = Objects.requireNonNull(file.getFileName()).toString();
        try (Scratch work = Scratch.near(files, folder)) {
            Path built = work.readable(file);
            Path stripped = work.resolve(name);
            Path debug = work.resolve(name + ".debug");
            if (keepDebugFile) {
                run("objcopy", "--only-keep-debug", built.toString(), debug.toString());
            }
            run("strip", "--strip-all", "-o", stripped.toString(), built.toString());
            if (keepDebugFile) {
                run("objcopy", "--add-gnu-debuglink=" + debug, stripped.toString());
            }
            work.mode(stripped, FileState.mode(built));
            Path kept = folder.resolve(name + ".debug");
            if (keepDebugFile) {
                work.put(debug, kept);
            }
            work.put(stripped, file);
            return keepDebugFile ? Optional.of(kept) : Optional.empty();
        } catch (IOException error) {
            throw FileProblems.translate("strip", file, error);
        }
    }

    private void run(String tool, String... arguments) {
        CommandResult result =
                commands.run(Command.of(tools.tool(tool).toString()).withArguments(List.of(arguments)));
        String full = "No space left on device";
        if (!result.succeeded() && String.join("\n", result.lastLines()).contains(full)) {
            throw FileProblems.translate("strip", Path.of(arguments[arguments.length - 1]), new IOException(full));
        }
        result.orThrow(
                "strip-failed",
                "the program could not be stripped",
                "Build without it: --strip=no",
                "Restore the tools: crossarm provision");
    }
}
