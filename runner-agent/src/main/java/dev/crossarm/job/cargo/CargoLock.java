package dev.crossarm.job.cargo;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packages in a {@code Cargo.lock}, in any of its formats (1 to 4: they differ in how dependencies and checksums are
 * written, not in the names and versions that are read here). Cargo writes the file one key to a line, so it is read as
 * lines: a parser of TOML would cost more than the whole preflight may.
 */
public final class CargoLock {

    /** A package of some version; the same one may be there in several. */
    public record Locked(String name, String version) {
        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    private CargoLock() {}

    /** @return what is locked; absent when there is no file, as in a project that was never built */
    public static Optional<List<Locked>> read(Path file) {
        try {
            return Optional.of(packages(RegularFile.utf8(file, RegularFile.GENERATED)));
        } catch (NoSuchFileException neverBuilt) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "lock-unreadable",
                            "cannot read " + file,
                            "Regenerate it: cargo generate-lockfile")
                    .withDetail(unreadable.toString())
                    .asException(unreadable);
        }
    }

    private static List<Locked> packages(String content) {
        List<Locked> all = new ArrayList<>();
        boolean inPackage = false;
        String name = "";
        for (String line : (Iterable<String>) content.lines()::iterator) {
            String text = line.strip();
            if (text.startsWith("[")) {
                // Format 1 began with the workspace's own package as [root].
                inPackage = text.equals("[[package]]") || text.equals("[root]");
                name = "";
            } else if (inPackage && text.startsWith("name = ")) {
                name = unquoted(text.substring("name = ".length()));
            } else if (inPackage && text.startsWith("version = ") && !name.isEmpty()) {
                all.add(new Locked(name, unquoted(text.substring("version = ".length()))));
            }
        }
        return List.copyOf(all);
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
