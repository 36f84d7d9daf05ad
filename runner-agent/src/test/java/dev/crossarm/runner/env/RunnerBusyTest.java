package dev.crossarm.runner.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a listener tells, with processes made of files. */
final class RunnerBusyTest {
    private static final String TAKEN =
            "[2026-11-30 10:00:00Z INFO JobDispatcher] Send job request message to worker for job %s.\n";
    private static final String OVER =
            "[2026-11-30 10:00:09Z INFO JobDispatcher] finish job request for job %s with result: Succeeded\n";

    @TempDir
    Path temporary;

    private Path runner;
    private Path diag;
    private TestProc proc;
    private RunnerBusy busy;
    private int pages;

    @BeforeEach
    void makeRunner() throws IOException {
        runner = temporary.toRealPath().resolve("box");
        diag = Files.createDirectories(runner.resolve("_diag"));
        Files.createDirectories(runner.resolve("bin"));
        Path folder = temporary.toRealPath().resolve("proc");
        proc = new TestProc(folder).boot();
        busy = new RunnerBusy(new RunnerProcesses(folder, InstantSource.system()));
        proc.listener(runner, Duration.ofHours(1));
    }

    private Path page(String text, Duration ago) throws IOException {
        Path page = diag.resolve("Runner_2026113" + pages++ + "-100000-utc.log");
        Files.writeString(page, text);
        Files.setLastModifiedTime(page, FileTime.from(Instant.now().minus(ago)));
        return page;
    }

    @Test
    void is_idle_without_a_log_and_with_one_that_tells_of_no_job() throws IOException {
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.IDLE);
        page("[2026-11-30 10:00:00Z INFO Runner] Listening\n".repeat(1000), Duration.ZERO);
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.IDLE);
    }

    @Test
    void is_busy_from_the_line_that_hands_a_job_over_to_the_one_that_tells_its_end() throws IOException {
        Path page = page(TAKEN.formatted("a-1"), Duration.ZERO);
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.HANDED_OVER);
        proc.worker(runner);
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.WORKING);
        Files.writeString(page, TAKEN.formatted("a-1") + OVER.formatted("a-1"));
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.WORKING);
        proc.jobEnds(runner);
        assertThat(busy.look(runner)).isEqualTo(RunnerBusy.State.IDLE);
    }

    @Test
    void goes_back_to_the_page_before_when_the_newest_tells_of_no_job() throws IOException {
        page(TAKEN.formatted("a"), Duration.ofMinutes(9));
        page("renewed the lease\n".repeat(100), Duration.ofMinutes(5));
        page("", Duration.ZERO);
        assertThat(busy.busy(runner)).isTrue();
        page(OVER.formatted("a"), Duration.ZERO);
        assertThat(busy.busy(runner)).isFalse();
    }

    @Test
    void counts_nothing_that_an_earlier_listener_wrote() throws IOException {
        page(TAKEN.formatted("a"), Duration.ofHours(2));
        assertThat(busy.busy(runner)).isFalse();
        proc.listener(runner, Duration.ofHours(3));
        assertThat(busy.busy(runner)).isTrue();
    }

    @Test
    void is_not_misled_by_the_log_of_a_later_call_of_config_sh() throws IOException {
        page(TAKEN.formatted("a"), Duration.ofMinutes(5));
        page("[2026-11-30 10:00:00Z INFO Program] configure --help\n", Duration.ZERO);
        assertThat(busy.busy(runner)).isTrue();
    }

    @Test
    void is_idle_when_no_listener_runs_whatever_the_log_says() throws IOException {
        page(TAKEN.formatted("a"), Duration.ZERO);
        Files.delete(temporary.resolve("proc/101/cmdline"));
        assertThat(busy.busy(runner)).isFalse();
    }

    @Test
    void takes_a_half_written_line_for_a_job_and_never_for_its_end() {
        assertThat(RunnerBusy.lastTold("x\nSend job request message to worker for job 0f"))
                .contains(true);
        assertThat(RunnerBusy.lastTold("x\nSend job request message to wor")).isEmpty();
        assertThat(RunnerBusy.lastTold(TAKEN.formatted("0f3") + "finish job request for job 0f"))
                .contains(true);
        assertThat(RunnerBusy.lastTold(TAKEN.formatted("0f3") + "finish job request for job 0f3"))
                .contains(true);
        assertThat(RunnerBusy.lastTold("finish job request for job 0f3")).isEmpty();
        assertThat(RunnerBusy.lastTold("finish job request for job 0f3\n")).contains(false);
    }

    @Test
    void tells_jobs_apart_by_their_ids() {
        String both = TAKEN.formatted("a") + TAKEN.formatted("b");
        assertThat(RunnerBusy.lastTold(both + OVER.formatted("a"))).contains(true);
        assertThat(RunnerBusy.lastTold(both + OVER.formatted("b"))).contains(false);
        assertThat(RunnerBusy.lastTold(both + OVER.formatted("b") + OVER.formatted("a")))
                .contains(false);
        assertThat(RunnerBusy.lastTold(TAKEN.formatted("ab") + OVER.formatted("a")))
                .contains(true);
    }

    @Test
    void reads_no_link_no_pipe_and_no_folder_in_a_logs_place() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.writeString(elsewhere, TAKEN.formatted("a"));
        Files.createSymbolicLink(diag.resolve("Runner_1.log"), elsewhere);
        Files.createDirectory(diag.resolve("Runner_2.log"));
        Process pipe = new ProcessBuilder("mkfifo", diag.resolve("Runner_3.log").toString()).start();
        assertThat(pipe.waitFor()).isZero();
        assertThat(busy.busy(runner)).isFalse();
    }

    @Test
    void reads_the_end_of_a_page_that_is_larger_than_it_reads() throws IOException {
        Path page = page("", Duration.ZERO);
        Files.write(page, new byte[17 << 20]);
        Files.writeString(page, "\n" + TAKEN.formatted("a"), java.nio.file.StandardOpenOption.APPEND);
        assertThat(busy.busy(runner)).isTrue();
    }
}
