package dev.crossarm.config;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which compiler a machine was set up with: one word in a file of the state directory. It is written when the compiler is in place
 * and before another one is taken away, so that an attempt that fails leaves the one that works in force.
 */
public final class CompilerRecord {
    private static final int LONGEST = 64;

    private final Path file;

    private CompilerRecord(Path file) {
        this.file = file;
    }

    /** The record in this state directory. */
    public static CompilerRecord in(Path state) {
        return new CompilerRecord(state.resolve("compiler"));
    }

    public Path file() {
        return file;
    }

    /** What the file has to hold for this compiler. */
    public static String content(Compiler compiler) {
        return compiler.word() + "\n";
    }

    /** The compiler on record; empty when there is none, or nothing that could be one. */
    public Optional<Compiler> read() {
        try {
            return Compiler.byWord(
                    RegularFile.text(file, LONGEST, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException | CrossarmException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The same; on a machine that was set up before there were records, the compiler that the name on PATH leads to. That name is
     * the last thing made of a compiler, so an attempt that failed is not taken for one.
     */
    Optional<Compiler> read(Path prefix, Target target) {
        return read().or(() -> linked(prefix.resolve("bin").resolve(target.architecture() + "-linux-musl-gcc")));
    }

    private static Optional<Compiler> linked(Path name) {
        try {
            Path directory = name.resolveSibling(Files.readSymbolicLink(name)).getParent();
            return directory == null || directory.getFileName() == null || !Files.exists(name)
                    ? Optional.empty()
                    : Compiler.byWord(directory.getFileName().toString().replaceFirst("-[0-9a-f]+$", ""));
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }
}
