package dev.crossarm.elf;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;

/** What can be wrong with a file that is to be read as ELF. */
final class ElfProblems {

    private ElfProblems() {}

    static Problem notFound(Path file) {
        return Problem.of(ExitStatus.DATA, "file-not-found", "there is no file " + file, "ls -l " + parentOf(file));
    }

    static Problem notAFile(Path file) {
        return Problem.of(ExitStatus.DATA, "not-a-file", file + " is not a regular file");
    }

    static Problem noPermission(Path file) {
        return Problem.of(ExitStatus.NO_PERMISSION, "file-unreadable", "no right to read " + file, "ls -l " + file);
    }

    static Problem unreadable(String name, String cause) {
        return Problem.of(ExitStatus.DATA, "file-unreadable", "cannot read " + name)
                .withDetail(cause);
    }

    static Problem notElf(String name, String looksLike) {
        return Problem.of(ExitStatus.DATA, "not-elf", name + " is not an ELF file: " + looksLike);
    }

    static Problem debugOnly(String name) {
        return Problem.of(
                ExitStatus.DATA,
                "elf-debug-only",
                name + " holds the debug information of a program, without the program",
                "give the program itself, which lies beside it as a rule, without .debug at its end");
    }

    static Problem malformed(String name, long offset, String what) {
        return Problem.of(
                        ExitStatus.DATA,
                        "elf-malformed",
                        name + " is cut short or damaged: " + what,
                        "build the file again, or fetch it again and compare its digest: sha256sum " + name)
                .withDetail("at offset " + offset + " (0x" + Long.toHexString(offset) + ")");
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of(".") : parent;
    }
}
