package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.JournalReader.StepRun;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final StepId RUSTUP = StepId.of("rustup");
    private static final Change CHANGE = Change.of(Change.Kind.DOWNLOAD, "rustup-init", "fetch rustup-init");

    @TempDir
    Path directory;

    private final List<Problem> warnings = new ArrayList<>();

    @Test
    void writes_each_event_as_a_line_of_json() throws IOException {
        Journal journal = journal(Journal.LIMIT);

        everyEvent().forEach(journal::on);

        assertThat(lines())
                .containsExactly(
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"run-started\",\"action\":\"provision\",\"steps\":1}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"step-started\",\"step\":\"rustup\"}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"change-started\",\"step\":\"rustup\",\"kind\":\"download\",\"target\":\"rustup-init\",\"after\":\"unknown\"}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"waiting\",\"step\":\"rustup\",\"reason\":\"the network\"}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"change-finished\",\"step\":\"rustup\",\"kind\":\"download\",\"target\":\"rustup-init\",\"after\":\"unknown\",\"seconds\":1.500}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"step-finished\",\"step\":\"rustup\",\"outcome\":\"failed\",\"problem\":\"digest\",\"because\":\"wrong digest\",\"exit\":65,\"seconds\":2.000}",
                        "{\"schemaVersion\":1,\"at\":\"2026-11-01T12:00:00Z\",\"run\":\"run-1\",\"event\":\"run-finished\",\"good\":false,\"seconds\":3.000}");
    }

    @Test
    void knows_every_kind_of_event() {
        assertThat(everyEvent())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    @Test
    void is_read_back_step_by_step() {
        Journal journal = journal(Journal.LIMIT);
        everyEvent().forEach(journal::on);
        journal.on(new RunEvent.RunStarted(NOON.plusSeconds(9), "run-2", "remove", 1));
        journal.on(new RunEvent.StepStarted(NOON.plusSeconds(9), StepId.of("packages"), "packages"));

        assertThat(reader().lastByStep().values())
                .containsExactly(
                        new StepRun(
                                RUSTUP, "run-1", "provision", NOON, "failed", "wrong digest", Duration.ofSeconds(2)),
                        new StepRun(
                                StepId.of("packages"),
                                "run-2",
                                "remove",
                                NOON.plusSeconds(9),
                                "unfinished",
                                "",
                                Duration.ZERO));
        assertThat(reader().lastRun())
                .contains(new JournalReader.RunSummary("run-2", "remove", NOON.plusSeconds(9), false, false));
    }

    @Test
    void tells_how_the_last_run_ended() {
        Journal journal = journal(Journal.LIMIT);
        journal.on(new RunEvent.RunStarted(NOON, "run-1", "provision", 0));
        journal.on(new RunEvent.RunFinished(NOON, "run-1", true, Duration.ZERO));

        assertThat(reader().lastRun()).contains(new JournalReader.RunSummary("run-1", "provision", NOON, true, true));
    }

    @Test
    void is_empty_before_the_first_run() {
        assertThat(reader().lastByStep()).isEmpty();
        assertThat(reader().lastRun()).isEmpty();
    }

    @Test
    void cuts_off_a_line_that_a_kill_tore_wherever_it_tore_it() throws IOException {
        everyEvent().forEach(journal(Journal.LIMIT)::on);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            List<String> wholeLines = wholeLines(whole, length);

            journal(Journal.LIMIT).on(new RunEvent.RunStarted(NOON, "run-9", "provision", 1));

            assertThat(lines()).hasSize(wholeLines.size() + 1);
            assertThat(lines().subList(0, wholeLines.size())).isEqualTo(wholeLines);
            assertThat(reader().lastRun()).map(JournalReader.RunSummary::run).contains("run-9");
        }
    }

    @Test
    void passes_over_lines_it_cannot_read_and_reads_the_others() throws IOException {
        Files.writeString(file(), """
                not json
                {"schemaVersion":2,"at":"2026-11-01T12:00:00Z","run":"new","event":"run-started"}
                {"schemaVersion":1,"at":"yesterday","run":"bad","event":"run-started"}
                {"schemaVersion":1,"at":"2026-11-01T12:00:00Z","run":"bad","event":"step-started","step":"NOT AN ID"}
                [1]

                """);
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'}, StandardOpenOption.APPEND);
        journal(Journal.LIMIT).on(new RunEvent.RunStarted(NOON, "run-1", "provision", 1));
        Files.writeString(file(), "{\"schemaVersion\":1,\"at\":\"2026", StandardOpenOption.APPEND);

        assertThat(reader().lastRun()).map(JournalReader.RunSummary::run).contains("run-1");
        assertThat(reader().lastByStep()).isEmpty();
    }

    @Test
    void stays_within_two_files_of_its_limit_and_is_read_across_both() throws IOException {
        Journal journal = journal(1000);
        for (int i = 0; i < 50; i++) {
            journal.on(new RunEvent.RunStarted(NOON, "run-" + i, "provision", 1));
            journal.on(new RunEvent.StepFinished(
                    NOON, StepId.of("step-" + i), new Outcome.Skipped("test"), Duration.ZERO));
        }

        assertThat(Files.size(file())).isLessThanOrEqualTo(1000);
        assertThat(Files.size(Journal.rotated(file()))).isLessThanOrEqualTo(1000);
        try (var all = Files.list(directory)) {
            assertThat(all).hasSize(2);
        }
        assertThat(reader().lastByStep()).containsKey(StepId.of("step-49")).hasSizeGreaterThan(lines().size() / 2);
    }

    @Test
    void warns_once_and_lets_the_run_go_on_when_it_cannot_be_written() throws IOException {
        Files.createDirectory(file());
        Journal journal = journal(Journal.LIMIT);

        everyEvent().forEach(journal::on);

        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("journal-not-written");
            assertThat(warning.detail()).contains(file().toString());
            assertThat(warning.remedies()).singleElement().asString().contains(directory.toString());
        });
    }

    @Test
    void is_written_although_the_thread_is_interrupted() throws IOException {
        Thread.currentThread().interrupt();
        journal(Journal.LIMIT).on(new RunEvent.RunFinished(NOON, "run-1", false, Duration.ZERO));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    private static List<RunEvent> everyEvent() {
        Problem digest = Problem.of(ExitStatus.DATA, "digest", "wrong digest");
        return List.of(
                new RunEvent.RunStarted(NOON, "run-1", "provision", 1),
                new RunEvent.StepStarted(NOON, RUSTUP, "rustup"),
                new RunEvent.ChangeStarted(NOON, RUSTUP, CHANGE),
                new RunEvent.Waiting(NOON, RUSTUP, "the network"),
                new RunEvent.Output(NOON, RUSTUP, "10 %"),
                new RunEvent.ChangeFinished(NOON, RUSTUP, CHANGE, Duration.ofMillis(1500)),
                new RunEvent.StepFinished(NOON, RUSTUP, new Outcome.Failed(digest), Duration.ofSeconds(2)),
                new RunEvent.RunFinished(NOON, "run-1", false, Duration.ofSeconds(3)));
    }

    private static List<String> wholeLines(byte[] content, int length) {
        String text = new String(content, 0, length, java.nio.charset.StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Journal journal(long limit) {
        return new Journal(file(), Mask.FORMS, warnings::add, limit);
    }

    private JournalReader reader() {
        return new JournalReader(file());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private Path file() {
        return directory.resolve("journal.jsonl");
    }
}
