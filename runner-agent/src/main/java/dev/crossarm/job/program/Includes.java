package dev.crossarm.job.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The extra files of a zip or archive. Each keeps its name relative to the project's folder; a folder stands for everything
 * in it. Links are followed as long as they stay in the project: what is packed is always the content.
 */
final class Includes {
    private final Path project;

    private Includes(Path project) {
        this.project = project;
    }

    /**
     * Finds the files.
     *
     * @param project the project's folder
     * @param names as they were given
     * @throws dev.crossarm.problem.CrossarmException when a name is absolute, leads out of the project (also through a link), has
     *     a character that zip files cannot carry safely, or when there is no such file (65); when it may not be read (77)
     */
    static List<PackedEntry> of(Path project, List<String> names) {
        List<PackedEntry> found = new ArrayList<>();
        if (names.isEmpty()) {
            return found;
        }
        try {
            Includes includes = new Includes(project.toRealPath());
            for (String name : names) {
                includes.find(name, found);
            }
        } catch (IOException unreadable) {
            throw PackingProblems.unreadable(project.toString(), reason(unreadable))
                    .asException(unreadable);
        }
        return found;
    }

    private void find(String name, List<PackedEntry> found) {
        Path relative = relative(name);
        Path place = project.resolve(relative);
        try (Stream<Path> tree = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                Path real = real(file);
                if (Files.isRegularFile(real)) {
                    found.add(entry(file, real));
                } else if (!Files.isDirectory(real)) {
                    throw PackingProblems.notAFile(shown(file)).asException();
                }
            }
        } catch (UncheckedIOException inTree) {
            throw translate(name, inTree.getCause() == null ? new IOException(inTree) : inTree.getCause());
        } catch (IOException error) {
            throw translate(name, error);
        }
    }

    private Path relative(String name) {
        Path given;
        try {
            given = Path.of(name);
        } catch (InvalidPathException unnameable) {
            throw PackingProblems.badName(name, "this locale cannot name it; with LC_ALL=C.UTF-8 it can")
                    .asException(unnameable);
        }
        if (given.isAbsolute()) {
            throw PackingProblems.badName(name, "it is absolute").asException();
        }
        Path normal = given.normalize();
        if (normal.startsWith("..")) {
            throw PackingProblems.leaves(
                            name, project.resolve(normal).normalize().toString())
                    .asException();
        }
        if (normal.toString().isEmpty()) {
            throw PackingProblems.badName(name, "it names the whole project").asException();
        }
        return normal;
    }

    private Path real(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(project)) {
            throw PackingProblems.leaves(shown(file), "it links to " + real).asException();
        }
        return real;
    }

    private PackedEntry entry(Path file, Path real) {
        String name = shown(file);
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == 0xfffd)) {
            throw PackingProblems.badName(name, "its name contains a control character, a backslash or invalid UTF-8")
                    .asException();
        }
        if (!Files.isReadable(real)) {
            throw PackingProblems.unreadable(name, "Permission denied").asException();
        }
        return new PackedEntry(name, real, Files.isExecutable(real));
    }

    private String shown(Path file) {
        return project.relativize(file).toString();
    }

    private RuntimeException translate(String name, IOException error) {
        if (error instanceof NoSuchFileException) {
            return PackingProblems.missing(name, project).asException(error);
        }
        if (error instanceof FileSystemLoopException) {
            return PackingProblems.badName(name, "its links form a loop").asException(error);
        }
        return PackingProblems.unreadable(name, reason(error)).asException(error);
    }

    private static String reason(IOException error) {
        return error instanceof AccessDeniedException ? "Permission denied: " + error.getMessage() : error.toString();
    }
}
