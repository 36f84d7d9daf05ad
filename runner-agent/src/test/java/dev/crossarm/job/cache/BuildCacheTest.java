package dev.crossarm.job.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.job.ScriptedCargo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
    @TempDir
    Path root;

    private BuildCache cache(String repository, long limit) {
        return new BuildCache(
                new ScriptedCargo(root.resolve("host"))
                        .variable("GITHUB_REPOSITORY", repository)
                        .host(),
                root.resolve("cache"),
                limit);
    }

    private static void fill(CacheSlot slot, int bytes) throws IOException {
        Files.createDirectories(slot.target());
        Files.write(slot.target().resolve("file"), new byte[bytes]);
    }

    @Test
    void gives_two_builds_at_once_a_slot_each() {
        BuildCache cache = cache("acme/demo", 1000);

        try (CacheSlot first = cache.take(Path.of("/a"));
                CacheSlot second = cache.take(Path.of("/b"))) {
            assertThat(first.folder()).isNotEqualTo(second.folder());
            assertThat(first.folder().getParent()).isEqualTo(second.folder().getParent());
        }
    }

    @Test
    void gives_a_workspace_the_slot_it_had_before() {
        BuildCache cache = cache("acme/demo", 1000);
        CacheSlot first = cache.take(Path.of("/a"));
        CacheSlot second = cache.take(Path.of("/b"));
        cache.used(first, Path.of("/a"), true, told -> {});
        cache.used(second, Path.of("/b"), true, told -> {});
        first.close();
        second.close();

        try (CacheSlot again = cache.take(Path.of("/b"))) {
            assertThat(again.folder()).isEqualTo(second.folder());
        }
    }

    @Test
    void shares_nothing_between_repositories_also_where_their_names_look_alike() {
        assertThat(List.of(
                        cache("acme/demo", 1).key(Path.of("/a")),
                        cache("acme-demo", 1).key(Path.of("/a")),
                        cache("acme/../demo", 1).key(Path.of("/a")),
                        cache("other/demo", 1).key(Path.of("/a"))))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[A-Za-z0-9][A-Za-z0-9._-]*"));
    }

    @Test
    void removes_what_was_not_used_for_longest_but_never_what_is_in_use() throws IOException {
        List<String> told = new ArrayList<>();
        BuildCache busy = cache("acme/busy", 1000);
        CacheSlot held = busy.take(Path.of("/busy"));
        fill(held, 600);
        busy.used(held, Path.of("/busy"), true, told::add);
        CacheSlot old = cache("acme/old", 1000).take(Path.of("/old"));
        fill(old, 300);
        cache("acme/old", 1000).used(old, Path.of("/old"), true, told::add);
        old.close();

        BuildCache mine = cache("acme/mine", 1000);
        try (CacheSlot own = mine.take(Path.of("/mine"))) {
            fill(own, 350);
            mine.used(own, Path.of("/mine"), true, told::add);

            assertThat(own.target()).exists();
        }
        assertThat(held.target()).exists();
        assertThat(old.folder()).doesNotExist();
        assertThat(told).singleElement().asString().contains("used least recently");
        held.close();
    }

    @Test
    void does_not_keep_a_build_that_alone_is_over_the_limit() throws IOException {
        List<String> told = new ArrayList<>();
        BuildCache cache = cache("acme/demo", 100);
        try (CacheSlot own = cache.take(Path.of("/a"))) {
            fill(own, 500);
            cache.used(own, Path.of("/a"), true, told::add);

            assertThat(own.target()).doesNotExist();
            assertThat(told).singleElement().asString().contains("more than the limit");
        }
    }
}
