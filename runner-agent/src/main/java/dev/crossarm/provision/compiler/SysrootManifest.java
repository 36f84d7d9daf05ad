package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a version of the headers consists of, written beside them: the system and version they are from, then a line for
 * each file with its size in bytes.
 *
 * @param origin for example {@code debian 13 musl-dev 1.2.5-3}
 * @param sizes file below the version's directory, to bytes
 */
record SysrootManifest(String origin, Map<String, Long> sizes) {
    static final String NAME = "manifest";

    SysrootManifest {
        sizes = new TreeMap<>(sizes);
    }

    /** Of the files below a directory as they are now. */
    static SysrootManifest of(String origin, Path directory) {
        try {
            Map<String, Long> sizes = new TreeMap<>();
            for (Path file : FileState.tree(directory)) {
                if (FileState.isPlainFile(file)) {
                    sizes.put(directory.relativize(file).toString(), Files.size(file));
                }
            }
            sizes.remove(NAME);
            return new SysrootManifest(origin, sizes);
        } catch (IOException error) {
            throw FileState.unreadable(directory, error);
        }
    }

    /** The manifest in a version's directory; empty when there is none or it is no manifest. */
    static Optional<SysrootManifest> read(Path directory) {
        Path file = directory.resolve(NAME);
        if (!FileState.isPlainFile(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines =
                    RegularFile.utf8(file, RegularFile.GENERATED).lines().toList();
            Map<String, Long> sizes = new TreeMap<>();
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] words = line.split(" ", 2);
                sizes.put(words[1], Long.parseLong(words[0]));
            }
            return lines.isEmpty() ? Optional.empty() : Optional.of(new SysrootManifest(lines.get(0), sizes));
        } catch (IOException error) {
            throw FileState.unreadable(file, error);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    String text() {
        StringBuilder text = new StringBuilder(origin).append('\n');
        sizes.forEach((file, size) -> text.append(size).append(' ').append(file).append('\n'));
        return text.toString();
    }

    /** The first file that is not there as it was written; empty when all are. */
    Optional<String> damage(Path directory) {
        for (Map.Entry<String, Long> entry : sizes.entrySet()) {
            Path file = directory.resolve(entry.getKey());
            try {
                if (!FileState.isPlainFile(file) || Files.size(file) != entry.getValue()) {
                    return Optional.of(entry.getKey());
                }
            } catch (IOException gone) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
