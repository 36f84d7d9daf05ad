package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeHistoryTest {
    @TempDir
    Path folder;

    private SizeHistory of(String repository) {
        return new SizeHistory(new DurableFiles(Checkpoint.NONE), folder.resolve("sizes"), repository);
    }

    @Test
    void remembers_the_last_size_of_each_program_and_repository() {
        assertThat(of("a/b").last("x")).isEmpty();

        assertThat(of("a/b").remember(Map.of("x", 1L, "y", 2L))).isTrue();
        assertThat(of("a/b").remember(Map.of("x", 3L))).isTrue();

        assertThat(of("a/b").last("x")).hasValue(3);
        assertThat(of("a/b").last("y")).hasValue(2);
        assertThat(of("a/c").last("x")).isEmpty();
    }

    @Test
    void forgets_what_was_built_longest_ago() {
        SizeHistory history = of("a/b");
        for (int i = 0; i <= SizeHistory.MOST; i++) {
            history.remember(Map.of("program " + i, (long) i));
        }

        assertThat(history.last("program 0")).isEmpty();
        assertThat(history.last("program 1")).hasValue(1);
        assertThat(history.last("program " + SizeHistory.MOST)).hasValue(SizeHistory.MOST);
    }

    @Test
    void forgets_repositories_built_longest_ago() throws IOException {
        of("a/first").remember(Map.of("x", 1L));
        Path sizes = folder.resolve("sizes");
        for (int i = 1; i < SizeHistory.MOST_REPOSITORIES; i++) {
            Files.writeString(sizes.resolve(i + ".json"), "{}");
        }
        try (Stream<Path> all = Files.list(sizes)) {
            for (Path file : all.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(file.endsWith("1.json") ? 2 : 1_000_000));
            }
        }

        of("a/second").remember(Map.of("x", 2L));

        assertThat(sizes.resolve("1.json")).doesNotExist();
        assertThat(of("a/first").last("x")).hasValue(1);
        assertThat(of("a/second").last("x")).hasValue(2);
        try (Stream<Path> all = Files.list(sizes)) {
            assertThat(all).hasSize(SizeHistory.MOST_REPOSITORIES);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{\"schemaVersion\":9,\"bytes\":{\"x\":1}}",
                "{\"schemaVersion\":1,\"bytes\":{\"x\":-1}}",
                "{\"schemaVersion\":1,\"bytes\":[\"x\"]}"
            })
    void takes_damage_for_nothing_and_mends_it(String damaged) throws IOException {
        of("a/b").remember(Map.of("x", 1L));
        Files.writeString(only(), damaged);

        assertThat(of("a/b").last("x")).isEmpty();
        of("a/b").remember(Map.of("x", 5L));
        assertThat(of("a/b").last("x")).hasValue(5);
    }

    @Test
    void fails_no_build_where_it_cannot_write() throws IOException {
        Files.writeString(folder.resolve("sizes"), "a file in the folder's place");

        assertThat(of("a/b").remember(Map.of("x", 1L))).isFalse();
        assertThat(of("a/b").last("x")).isEmpty();
    }

    private Path only() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("sizes"))) {
            return all.findFirst().orElseThrow();
        }
    }
}
