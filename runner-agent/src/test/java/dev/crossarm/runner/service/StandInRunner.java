package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.runner.env.RunnerProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A runner's root made of the stand-in package, registered, that takes its jobs from a folder. */
public final class StandInRunner implements AutoCloseable {
    private static final Path MAKE =
            Path.of("../lab/stand-in-runner/make-package").toAbsolutePath().normalize();

    final Path root;
    final Path jobs;
    final RunnerProcesses processes = new RunnerProcesses(Path.of("/proc"), InstantSource.system());

    public StandInRunner(Path folder) throws IOException, InterruptedException {
        root = folder.toRealPath().resolve("box");
        jobs = Files.createDirectories(folder.toRealPath().resolve("jobs"));
        run(Map.of(), MAKE.toString(), "--arch", "x64", "--root", root.toString(), "2.338.1");
        Map<String, String> variables = Map.of(
                "STANDIN_JOBS", jobs.toString(), "RUNNER_ALLOW_RUNASROOT", "1", "ACTIONS_RUNNER_INPUT_TOKEN", "t");
        run(
                variables,
                root.resolve("config.sh").toString(),
                "--unattended",
                "--url",
                "https://github.com/acme/tools",
                "--name",
                "box");
        variable("STANDIN_JOBS", jobs.toString());
        variable("STANDIN_GAP_MS", "20");
        variable("STANDIN_CANCEL_TENTHS", "5");
    }

    private static void run(Map<String, String> variables, String... argv) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    public Path root() {
        return root;
    }

    public Path jobs() {
        return jobs;
    }

    /** One more line in {@code .env}. */
    public StandInRunner variable(String name, String value) throws IOException {
        Path file = root.resolve(".env");
        Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + name + "=" + value + "\n");
        return this;
    }

    /** The next starts fail in these ways, one after the other. */
    public StandInRunner next(String... ways) throws IOException {
        Files.write(root.resolve("standin.next"), List.of(ways));
        return this;
    }

    public void hold(String gap) throws IOException {
        Files.createFile(root.resolve("standin.hold-" + gap));
    }

    public void release(String gap) throws IOException {
        Files.delete(root.resolve("standin.hold-" + gap));
    }

    public void job(String id, String script) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
        Path file = jobs.resolve(id + ".new");
        Files.writeString(file, "jobId=" + id + "\nname=" + id + "\nrepository=acme/tools\nscript=" + encoded + "\n");
        Files.move(file, jobs.resolve(id + ".job"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A job that runs until {@link #finish}, and then says that it ended by itself. */
    public void longJob(String id) throws IOException {
        job(id, "while [ ! -e " + jobs + "/finish ]; do sleep 0.05; done\ntouch " + jobs + "/" + id + ".whole\n");
    }

    public void finish() throws IOException {
        Files.createFile(jobs.resolve("finish"));
    }

    public boolean whole(String id) {
        return Files.exists(jobs.resolve(id + ".whole"));
    }

    /** What was told to the server. */
    public List<String> events() {
        return lines(jobs.resolve("events"));
    }

    /** The process numbers of all listeners that ever ran here. */
    public List<Long> starts() {
        return lines(root.resolve("_diag/.standin-starts")).stream()
                .map(Long::valueOf)
                .toList();
    }

    public long listener() {
        return processes.listeners(root).stream().findFirst().orElse(0L);
    }

    public void awaitWorker() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !processes.workers(root).isEmpty());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Ends what a failed test left. */
    @Override
    public void close() {
        for (int i = 0; i < 20; i++) {
            Stream.concat(
                            processes.listeners(root).stream(),
                            Stream.concat(processes.workers(root).stream(), processes.wrappers(root).stream()))
                    .forEach(ProcessSignal.KILL::to);
        }
    }
}
