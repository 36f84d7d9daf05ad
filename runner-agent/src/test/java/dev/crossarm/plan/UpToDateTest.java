package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpToDateTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.5Z");
    private static final List<String> SAID = List.of("", "Ready: \u00e4", "  cargo build");

    @TempDir
    Path folder;

    private final HostFiles files = new DurableFiles(Checkpoint.NONE);
    private Path record = Path.of("/");
    private Path tool = Path.of("/");
    private Path names = Path.of("/");
    private Path home = Path.of("/");

    @BeforeEach
    void remember_a_run() throws IOException {
        record = folder.resolve("up-to-date");
        names = Files.createDirectory(folder.resolve("names"));
        home = Files.createDirectory(folder.resolve("home"));
        tool = Files.writeString(folder.resolve("a tool"), "one");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a tool"));
        remember(new Inputs()
                .whole(folder.resolve("link"))
                .whole(names)
                .place(home)
                .whole(folder.resolve("absent")));
    }

    private void remember(Inputs inputs) {
        asked().remember(files, NOON, Stamps.of(inputs).orElseThrow(), SAID);
    }

    private UpToDate asked() {
        return new UpToDate(record, () -> "sha256:caller");
    }

    @Test
    void answers_with_what_was_said_while_nothing_has_changed() {
        UpToDate.Answer answer = asked().answer().orElseThrow();

        assertThat(answer.since()).isEqualTo("2026-11-01T12:00:00Z");
        int above = folder.getNameCount() + 1;
        assertThat(answer.files()).isEqualTo(5 + above);
        assertThat(answer.said()).isEqualTo(SAID);
        assertThat(answer.lines()).hasSize(4);
        assertThat(answer.lines().get(0))
                .isEqualTo("Already up to date: none of the " + (5 + above)
                        + " files and folders checked has changed since 2026-11-01T12:00:00Z.");
    }

    @Test
    void sees_a_change_behind_a_link_that_keeps_size_and_time() throws IOException {
        FileTime time = Files.getLastModifiedTime(tool);
        Files.writeString(tool, "two");
        Files.setLastModifiedTime(tool, time);

        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_another_mode() throws IOException {
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_what_came_and_what_went() throws IOException {
        Files.createFile(folder.resolve("absent"));
        assertThat(asked().answer()).isEmpty();
        Files.delete(folder.resolve("absent"));
        assertThat(asked().answer()).isPresent();

        Files.delete(tool);
        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_a_new_name_in_a_folder_unless_only_its_place_matters() throws IOException {
        Files.createFile(home.resolve("built"));
        assertThat(asked().answer()).isPresent();

        Files.createFile(names.resolve("stranger"));
        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_that_nobody_may_pass_through_a_folder_above() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        remember(new Inputs().whole(tool));
        assertThat(asked().answer()).isPresent();

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void takes_no_stamps_of_what_is_not_all() {
        assertThat(Stamps.of(new Inputs().whole(tool).with(new Inputs().incomplete())))
                .isEmpty();
    }

    @Test
    void sees_a_folder_put_in_the_place_of_another() throws IOException {
        Files.move(home, folder.resolve("old"));
        Files.createDirectory(home);

        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_another_link_to_the_same_content() throws IOException {
        Files.writeString(folder.resolve("twin"), "one");
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("twin"));

        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void sees_one_among_hundreds_wherever_it_stands() throws IOException {
        Inputs many = new Inputs();
        for (int i = 0; i < 300; i++) {
            many.whole(Files.writeString(names.resolve("file-" + i), "one"));
        }
        for (String name : List.of("file-0", "file-150", "file-299", "file-99")) {
            remember(many);
            assertThat(asked().answer()).isPresent();
            Files.writeString(names.resolve(name), "two");
            assertThat(asked().answer()).as(name).isEmpty();
        }
    }

    @Test
    void answers_nobody_else() {
        assertThat(new UpToDate(record, () -> "sha256:other").answer()).isEmpty();
    }

    @Test
    void knows_nothing_when_its_file_is_damaged_or_gone() throws IOException {
        List<String> lines = Files.readAllLines(record);
        for (int i = 0; i < lines.size(); i++) {
            List<String> damaged = new java.util.ArrayList<>(lines);
            damaged.set(i, "x" + lines.get(i));
            Files.write(record, damaged);
            if (!lines.get(i).startsWith("said ")) {
                assertThat(asked().answer()).as("line %s", lines.get(i)).isEmpty();
            }
            Files.write(record, lines.subList(0, Math.min(i, 3 + SAID.size())));
            assertThat(asked().answer()).as("%s lines", i).isEmpty();
        }
        lines.set(lines.size() - 1, "whole - /no\0path");
        Files.write(record, lines);
        assertThat(asked().answer()).isEmpty();
        Files.write(record, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(asked().answer()).isEmpty();

        asked().forget(files);
        assertThat(record).doesNotExist();
        assertThat(asked().answer()).isEmpty();
    }

    @Test
    void does_not_take_stamps_of_what_does_not_fit_on_a_line() throws IOException {
        Path odd = Files.createFile(folder.resolve("two\nlines"));

        assertThat(Stamps.of(new Inputs().whole(odd))).isEmpty();
    }

    @Test
    void takes_stamps_where_links_lead_in_a_circle() throws IOException {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("second"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));

        assertThat(Stamps.of(new Inputs().whole(first)).orElseThrow().lines().stream()
                        .filter(line -> line.startsWith("whole ")))
                .hasSize(2);
    }

    @Test
    void tells_callers_apart_by_everything_they_ask_with_and_keeps_it_secret() {
        String caller =
                UpToDate.caller("1", surroundings(Map.of("RUSTUP_DIST_SERVER", "s3cret")), List.of("provision"));

        assertThat(caller).matches("[0-9-]+");
        assertThat(UpToDate.caller("1", surroundings(Map.of("RUSTUP_DIST_SERVER", "s3cret")), List.of("provision")))
                .isEqualTo(caller);
        assertThat(UpToDate.caller("2", surroundings(Map.of("RUSTUP_DIST_SERVER", "s3cret")), List.of("provision")))
                .isNotEqualTo(caller);
        assertThat(UpToDate.caller("1", surroundings(Map.of("RUSTUP_DIST_SERVER", "other")), List.of("provision")))
                .isNotEqualTo(caller);
        assertThat(UpToDate.caller("1", surroundings(Map.of()), List.of("provision")))
                .isNotEqualTo(caller);
        assertThat(UpToDate.caller(
                        "1", surroundings(Map.of("RUSTUP_DIST_SERVER", "s3cret")), List.of("provision", "--yes")))
                .isNotEqualTo(caller);
    }

    @Test
    void takes_another_login_of_the_same_account_for_the_same_caller() {
        assertThat(UpToDate.caller("1", surroundings(Map.of("GITHUB_RUN_ID", "7", "SSH_TTY", "/dev/pts/3")), List.of()))
                .isEqualTo(UpToDate.caller("1", surroundings(Map.of("CROSSARM_TERMINAL", "1")), List.of()));
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, "ada", false, Path.of("/home/ada"), Path.of("/srv"), false, 80);
    }
}
