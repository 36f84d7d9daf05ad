package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The directory that stands for a host, always at the same path, made fresh as often as wanted. */
final class ContractHost implements AutoCloseable {
    private final Path base;
    private final Path root;
    private final StepContract.HostMaker maker;
    private final List<String> shared;
    private final Map<String, byte[]> foreign = new LinkedHashMap<>();

    ContractHost(StepContract.HostMaker maker, List<String> shared) throws IOException {
        this.base = Files.createTempDirectory(fastPlace(), "step-contract-");
        this.root = base.resolve("host");
        this.maker = maker;
        this.shared = shared;
    }

    /** Memory where the machine has it: a contract syncs a thousand files, and no kill of ours can tell the difference. */
    private static Path fastPlace() throws IOException {
        Path memory = Path.of("/dev/shm");
        boolean runsPrograms = Files.isWritable(memory)
                && Files.readAllLines(Path.of("/proc/mounts")).stream()
                        .map(line -> line.split(" "))
                        .filter(fields -> fields[1].equals(memory.toString()))
                        .noneMatch(fields -> List.of(fields[3].split(",")).contains("noexec"));
        return runsPrograms ? memory : Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir")));
    }

    Path root() {
        return root;
    }

    /** A free name that is not part of the host. */
    Path aside() {
        return base.resolve("aside");
    }

    void makeFresh() throws IOException {
        deleteAll(root);
        Files.createDirectory(root);
        maker.prepare(root);
        foreign.clear();
        for (String file : shared) {
            byte[] content = Files.readAllBytes(root.resolve(file));
            assertThat(content)
                    .as("foreign content of %s on the fresh host", file)
                    .isNotEmpty();
            foreign.put(file, content);
        }
    }

    TreeSnapshot snapshot() throws IOException {
        return TreeSnapshot.of(root);
    }

    /** Foreign content is there after whatever has happened. */
    void assertForeignContentSurvived(String when) throws IOException {
        for (Map.Entry<String, byte[]> file : foreign.entrySet()) {
            assertThat(root.resolve(file.getKey())).as("shared file %s", when).isRegularFile();
            assertThat(ForeignLines.lost(file.getValue(), Files.readAllBytes(root.resolve(file.getKey()))))
                    .as("foreign lines lost from %s %s", file.getKey(), when)
                    .isEmpty();
        }
    }

    /** Declaring a file as shared proves nothing about a step that never touches it. */
    void assertSharedFilesWereChanged() throws IOException {
        for (Map.Entry<String, byte[]> file : foreign.entrySet()) {
            assertThat(Files.readAllBytes(root.resolve(file.getKey())))
                    .as("shared file %s after the step", file.getKey())
                    .isNotEqualTo(Objects.requireNonNull(file.getValue()));
        }
    }

    @Override
    public void close() throws IOException {
        deleteAll(base);
    }

    private static void deleteAll(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> all = Files.walk(top)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }
}
