package dev.crossarm.job.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.job.ScriptedCargo;
import dev.crossarm.job.request.BuildHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
    @TempDir
    Path root;

    private BuildCache cache(long limit) {
        BuildHost host = new ScriptedCargo(root.resolve("host")).host();
        return new BuildCache(
                host.files(), host.commands(), host.clock(), host.sleeper(), root.resolve("cache"), limit);
    }

    private static void fill(BuildCache.Slot slot, int bytes) throws IOException {
        Files.createDirectories(slot.target());
        Files.write(slot.target().resolve("file"), new byte[bytes]);
    }

    @Test
    void gives_two_builds_at_once_a_slot_each() {
        BuildCache cache = cache(1000);

        try (BuildCache.Slot first = cache.take("demo", Path.of("/a"));
                BuildCache.Slot second = cache.take("demo", Path.of("/b"))) {
            assertThat(first.folder()).isNotEqualTo(second.folder());
            assertThat(first.folder().getParent()).isEqualTo(second.folder().getParent());
        }
    }

    @Test
    void gives_a_workspace_the_slot_it_had_before() {
        BuildCache cache = cache(1000);
        BuildCache.Slot first = cache.take("demo", Path.of("/a"));
        BuildCache.Slot second = cache.take("demo", Path.of("/b"));
        cache.used(first, Path.of("/a"), true, told -> {});
        cache.used(second, Path.of("/b"), true, told -> {});
        first.close();
        second.close();

        try (BuildCache.Slot again = cache.take("demo", Path.of("/b"))) {
            assertThat(again.folder()).isEqualTo(second.folder());
        }
    }

    @Test
    void removes_what_was_not_used_for_longest_but_never_what_is_in_use() throws IOException {
        List<String> told = new ArrayList<>();
        BuildCache cache = cache(1000);
        BuildCache.Slot held = cache.take("busy", Path.of("/busy"));
        fill(held, 600);
        cache.used(held, Path.of("/busy"), true, told::add);
        BuildCache.Slot old = cache.take("old", Path.of("/old"));
        fill(old, 300);
        cache.used(old, Path.of("/old"), true, told::add);
        old.close();

        try (BuildCache.Slot own = cache.take("mine", Path.of("/mine"))) {
            fill(own, 350);
            cache.used(own, Path.of("/mine"), true, told::add);

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
        BuildCache cache = cache(100);
        try (BuildCache.Slot own = cache.take("demo", Path.of("/a"))) {
            fill(own, 500);
            cache.used(own, Path.of("/a"), true, told::add);

            assertThat(own.target()).doesNotExist();
            assertThat(told).singleElement().asString().contains("more than the limit");
        }
    }

    @Test
    void a_copy_holds_what_its_slot_holds_and_leaves_it_as_it_was() throws IOException {
        BuildCache cache = cache(1000);
        BuildCache.Slot first = cache.take("demo", Path.of("/a"));
        fill(first, 10);
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(first.target().resolve("file"), time);
        first.close();

        try (BuildCache.Slot copy = cache.takeCopy("demo", Path.of("/a"))) {
            assertThat(copy.warm()).isTrue();
            assertThat(Files.getLastModifiedTime(copy.target().resolve("file"))).isEqualTo(time);
            Files.writeString(copy.target().resolve("file"), "changed");
        }
        assertThat(first.target().resolve("file")).hasBinaryContent(new byte[10]);
    }

    @Test
    void a_copy_of_nothing_is_empty_also_where_an_earlier_one_was_left_behind() throws IOException {
        BuildCache cache = cache(1000);
        BuildCache.Slot killed = cache.takeCopy("demo", Path.of("/a"));
        fill(killed, 10);
        killed.close();

        try (BuildCache.Slot copy = cache.takeCopy("demo", Path.of("/a"))) {
            assertThat(copy.folder()).isEqualTo(killed.folder());
            assertThat(copy.warm()).isFalse();
            assertThat(copy.target()).doesNotExist();
        }
    }

    @Test
    void lists_what_is_there_and_removes_all_but_what_is_in_use() throws IOException {
        BuildCache cache = cache(1 << 20);
        BuildCache.Slot held = cache.take("busy", Path.of("/busy"));
        BuildCache.Slot idle = cache.take("idle", Path.of("/idle"));
        fill(idle, 300);
        cache.used(idle, Path.of("/idle"), true, told -> {});
        idle.close();

        List<BuildCache.Entry> entries = cache.entries();

        assertThat(entries).extracting(BuildCache.Entry::folder).containsExactly(idle.folder(), held.folder());
        assertThat(entries.get(0).bytes()).isEqualTo(300);
        assertThat(entries.get(0).workspace()).isEqualTo("/idle");
        assertThat(entries.get(0).user()).isEmpty();
        assertThat(entries.get(1).user())
                .hasValueSatisfying(user -> assertThat(user).startsWith("crossarm build (pid"));
        assertThat(cache.remove(entries.get(1))).isFalse();
        assertThat(cache.remove(entries.get(0))).isTrue();
        assertThat(held.folder()).exists();
        assertThat(idle.folder().getParent()).doesNotExist();
        held.close();
    }
}
