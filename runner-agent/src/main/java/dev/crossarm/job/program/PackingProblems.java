package dev.crossarm.job.program;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.nio.file.Path;
import java.util.List;

/** What can go wrong with the files that are to be packed, each with the name it is about. */
final class PackingProblems {

    private PackingProblems() {}

    static Problem nameTaken(String name, Path first, Path second) {
        boolean twice = first.equals(second);
        return new Problem(
                "include-name-taken",
                twice ? name(name) + " is included twice" : "two files would be packed as " + name(name),
                twice ? printable(first.toString()) : printable(first + "\n" + second),
                List.of(
                        twice
                                ? "Include it once; a folder includes everything in it"
                                : "Rename one of them, or leave it out; the program's name in the zip is fixed"),
                ExitStatus.DATA);
    }

    static Problem fileAndFolder(String name, Path file) {
        return new Problem(
                "include-name-taken",
                name(name) + " would be a file and a folder at once",
                printable(file.toString()),
                List.of("Rename the included folder " + name(name)),
                ExitStatus.DATA);
    }

    static Problem missing(String include, Path project) {
        return new Problem(
                "include-missing",
                "there is no " + name(include) + " to include",
                "looked for in " + printable(project.toString()),
                List.of("Names are relative to the project's folder; see what is in it: ls "
                        + printable(project.toString())),
                ExitStatus.DATA);
    }

    static Problem leaves(String include, String where) {
        return new Problem(
                "include-outside",
                "the included " + name(include) + " is outside the project",
                printable(where),
                List.of("Copy it into the project, and include the copy by its name relative to the project's folder"),
                ExitStatus.DATA);
    }

    static Problem notAFile(String include) {
        return new Problem(
                "include-not-a-file",
                "the included " + name(include) + " is neither a file nor a folder",
                "",
                List.of("Include files only; see what it is: ls -ld " + printable(include)),
                ExitStatus.DATA);
    }

    static Problem badName(String include, String why) {
        return new Problem(
                "include-bad-name",
                "cannot include " + name(include) + ": " + why,
                "",
                List.of("Name a file or folder relative to the project's folder, for example: config/app.toml"),
                ExitStatus.DATA);
    }

    static Problem unreadable(String include, String reason) {
        return new Problem(
                "include-unreadable",
                "cannot read the included " + name(include),
                printable(reason),
                List.of("Check its permissions: ls -ld " + printable(include)),
                ExitStatus.NO_PERMISSION);
    }

    static Problem sameOutput(Path file, String first, String second) {
        return new Problem(
                "same-output",
                "the programs " + name(first) + " and " + name(second) + " would be packed into one file",
                printable(file.toString()),
                List.of("Build one package at a time: --package NAME, with an --output of its own"),
                ExitStatus.DATA);
    }

    private static String name(String text) {
        return printable(text.replace('\n', '?'));
    }

    /** Names come from a repository: none of them may steer a terminal. */
    static String printable(String text) {
        return Printable.markedLines(text);
    }
}
