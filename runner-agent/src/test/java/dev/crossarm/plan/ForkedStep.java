package dev.crossarm.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@link ModelStepMain} in a real process. */
final class ForkedStep {
    private final Process process;
    private final BufferedReader output;

    private ForkedStep(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** How it ended. */
    record Ended(int status, String output) {}

    /** Runs until the n-th checkpoint and stays there. */
    static ForkedStep restingAt(ModelSteps step, Path host, int checkpoint) throws IOException {
        return start(List.of(), step, host, checkpoint);
    }

    /**
     * Runs to its end under the rights of a plain account. Root's right to pass over modes is taken away rather than
     * the user id: another account could not even read the classes under test.
     */
    static ForkedStep withoutPrivileges(ModelSteps step, Path host) throws IOException {
        boolean root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        return start(
                root ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") : List.of(),
                step,
                host,
                0);
    }

    private static ForkedStep start(List<String> prefix, ModelSteps step, Path host, int checkpoint)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Duser.language=en"));
        command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path"))));
        command.add(ModelStepMain.class.getName());
        command.addAll(List.of(step.name(), host.toString(), String.valueOf(checkpoint)));
        return new ForkedStep(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    String firstLine() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** SIGKILL: nothing in the process learns of it. */
    void kill() {
        // Through the handle: the process itself would also close the output we still want to read.
        process.toHandle().destroyForcibly();
    }

    Ended end() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        output.lines().forEach(line -> text.append(line).append('\n'));
        return new Ended(process.waitFor(), text.toString());
    }
}
