package dev.crossarm.environment;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.nio.file.Path;

/** The expected failures of this package. None of them shows a value. */
final class EnvironmentProblems {

    private EnvironmentProblems() {}

    static Problem notUtf8() {
        return Problem.of(
                ExitStatus.DATA,
                "dotenv-not-utf8",
                "the runner's .env begins with a byte order mark of UTF-16 or UTF-32",
                "Convert it to UTF-8, for example: iconv -f UTF-16 -t UTF-8 .env > .env.utf8 && mv .env.utf8 .env");
    }

    static Problem badName(String key) {
        return Problem.of(
                ExitStatus.DATA,
                "environment-bad-name",
                "not a variable name: " + Printable.marked(key),
                "Use letters, digits and _ only, and no digit first");
    }

    static Problem badValue(String key, String why) {
        return Problem.of(
                ExitStatus.DATA,
                "environment-bad-value",
                "the value of " + key + " " + why,
                "Change the setting that it comes from: crossarm config show");
    }

    static Problem badPathEntry(Path entry) {
        return Problem.of(
                ExitStatus.DATA,
                "path-bad-entry",
                "a folder with ':' or a line break in its name cannot be on PATH: "
                        + Printable.marked(entry.toString()),
                "Choose another prefix; see: crossarm config show");
    }

    static Problem notInWorkflow(String variable) {
        return Problem.of(
                ExitStatus.USAGE,
                "not-in-a-workflow",
                variable + " is not set, so there is no file to append to",
                "Use --format github only in a step of a workflow, where the runner sets " + variable,
                "Elsewhere: eval \"$(crossarm env --format shell)\"");
    }

    static Problem cannotAppend(String variable, Path file, String reason) {
        return new Problem(
                "cannot-append",
                "cannot append to the file that " + variable + " names",
                file + ": " + reason,
                java.util.List.of("Check the file and its permissions: ls -l " + file),
                ExitStatus.CANNOT_CREATE);
    }
}
