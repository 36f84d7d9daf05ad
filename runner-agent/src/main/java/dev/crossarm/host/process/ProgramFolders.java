package dev.crossarm.host.process;

import dev.crossarm.host.RootsOwn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The folders that a child's program, and the programs it starts itself, are looked for in. */
public final class ProgramFolders {
    /** What a login shell of Debian has when nobody changes it: root's folders alone. */
    public static final String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProgramFolders() {}

    /** Of this PATH, the folders that only root can change; the default where none is left. */
    static String rootsOf(String path) {
        String own = Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/") && RootsOwn.holds(Path.of(folder)))
                .collect(Collectors.joining(":"));
        return own.isEmpty() ? DEFAULT : own;
    }

    /** The first program of this name on a PATH that may be run; folders that are not absolute are passed over. */
    public static Optional<Path> find(String program, String path) {
        return files(program, path).stream().filter(Files::isExecutable).findFirst();
    }

    /** All files of this name, those included that may not be run. */
    static List<Path> files(String program, String path) {
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isRegularFile)
                .toList();
    }
}
