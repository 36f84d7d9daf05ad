package dev.crossarm.host.files;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Sleeper;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostLockTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    @TempDir
    Path folder;

    private final List<Duration> slept = new ArrayList<>();

    @Test
    void is_taken_and_given_back_with_its_folder_made() {
        HostLock lock = lock(slept::add);

        try (HostLock.Held first = lock.acquire("crossarm provision", Duration.ZERO, reason -> {})) {
            assertThat(first).isNotNull();
            assertThat(path().resolveSibling("lock.holder")).content().contains("crossarm provision");
            assertThat(lock.tryAcquire("other"))
                    .as("another thread of the same agent")
                    .isEmpty();
            assertThat(lock(slept::add).tryAcquire("other"))
                    .as("another instance")
                    .isEmpty();
        }

        assertThat(path().resolveSibling("lock.holder")).doesNotExist();
        assertThat(lock.tryAcquire("again")).isPresent();
    }

    @Test
    void is_not_fooled_by_a_file_its_holder_deleted() throws IOException {
        HostLock waiting = lock(slept::add);
        HostLock removing = lock(slept::add);
        waiting.tryAcquire("opens the file").orElseThrow().close();
        HostLock.Held removal = removing.tryAcquire("provision --remove").orElseThrow();
        Files.delete(path());

        HostLock third = lock(slept::add);
        try (HostLock.Held made = third.tryAcquire("makes the file anew").orElseThrow()) {
            assertThat(made).isNotNull();
            removal.close();
            assertThat(waiting.tryAcquire("still knows the old file"))
                    .as("two holders at once")
                    .isEmpty();
        }
        assertThat(waiting.tryAcquire("after it")).isPresent();
    }

    @Test
    void lets_only_one_of_many_threads_in_at_a_time() throws InterruptedException {
        HostLock lock = lock(duration -> Thread.sleep(1));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (int number = 0; number < 40; number++) {
            pool.execute(() -> {
                try (HostLock.Held held = lock.acquire("x", Duration.ofHours(1), reason -> {})) {
                    assertThat(held).isNotNull();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    passed.incrementAndGet();
                    inside.decrementAndGet();
                }
            });
        }
        pool.shutdown();

        assertThat(pool.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(passed).hasValue(40);
        assertThat(most).hasValue(1);
    }

    @Test
    void names_the_process_that_holds_it_and_gives_up_after_the_timeout() throws IOException {
        Process other = otherProcess();
        try {
            List<String> reasons = new ArrayList<>();

            Problem problem =
                    problem(() -> lock(slept::add).acquire("crossarm provision", Duration.ofSeconds(10), reasons::add));

            assertThat(problem.code()).isEqualTo("already-running");
            assertThat(problem.exit()).isEqualTo(ExitStatus.TRY_LATER);
            assertThat(problem.summary()).contains("the other one").contains("pid " + other.pid());
            assertThat(problem.remedies()).anyMatch(line -> line.contains("tail --pid=" + other.pid()));
            assertThat(reasons).singleElement().asString().contains("pid " + other.pid());
            assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(10));
        } finally {
            other.destroyForcibly().onExit().join();
        }
    }

    @Test
    void goes_on_when_the_process_that_held_it_was_killed_and_left_its_name() throws IOException {
        Process other = otherProcess();
        HostLock lock = lock(duration -> {
            slept.add(duration);
            other.destroyForcibly().onExit().join();
        });

        try (HostLock.Held held = lock.acquire("mine", Duration.ofMinutes(1), reason -> {})) {
            assertThat(held).isNotNull();
            assertThat(slept).hasSize(1);
            assertThat(path().resolveSibling("lock.holder")).content().contains("mine");
        }
    }

    @Test
    void excludes_another_process_while_a_thread_waits_and_gives_up() throws IOException {
        HostLock lock = lock(slept::add);
        try (HostLock.Held held = lock.acquire("mine", Duration.ZERO, reason -> {})) {
            assertThat(held).isNotNull();
            // Opening the file a second time and closing it would give the kernel's lock away.
            assertThat(problem(() -> lock.acquire("second", Duration.ofSeconds(1), reason -> {}))
                            .code())
                    .isEqualTo("already-running");
            Process other = start();
            assertThat(line(other)).isEqualTo("busy");
        }
        assertThat(line(start())).isEqualTo("held");
    }

    @Test
    void is_not_misled_by_a_stale_or_damaged_text() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        for (String text : List.of("999999999\n2026-01-01T00:00:00Z\nold\n", "garbage", "")) {
            Files.writeString(path().resolveSibling("lock.holder"), text);
            try (HostLock.Held held = lock(slept::add).acquire("mine", Duration.ZERO, reason -> {})) {
                assertThat(held).isNotNull();
            }
        }
    }

    @Test
    void stops_waiting_when_interrupted() throws IOException {
        Process other = otherProcess();
        try {
            HostLock lock = lock(duration -> {
                throw new InterruptedException();
            });

            Problem problem = problem(() -> lock.acquire("mine", Duration.ofMinutes(1), reason -> {}));

            assertThat(problem.code()).isEqualTo("interrupted");
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        } finally {
            other.destroyForcibly().onExit().join();
        }
    }

    private Process otherProcess() throws IOException {
        Process other = start();
        assertThat(line(other)).isEqualTo("held");
        return other;
    }

    /** Takes the lock in a Java of its own, says so, and holds it until it is ended. */
    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(Process process) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    /** The other process. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException {
            HostLock lock = new HostLock(
                    Path.of(arguments[0]),
                    new DurableFiles(Checkpoint.NONE),
                    NOON,
                    duration -> Thread.sleep(duration.toMillis()));
            boolean held = lock.tryAcquire("the other one").isPresent();
            System.out.println(held ? "held" : "busy");
            if (held) {
                int ended = System.in.read();
                assertThat(ended).isEqualTo(-1);
            }
        }
    }

    private HostLock lock(Sleeper sleeper) {
        return new HostLock(path(), new DurableFiles(Checkpoint.NONE), NOON, sleeper);
    }

    private Path path() {
        return folder.resolve("state/lock");
    }
}
