package dev.crossarm.job.cargo;

import dev.crossarm.diagnose.Diagnoser;
import dev.crossarm.diagnose.Diagnosis;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.OutputSink;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.text.LineSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One run of cargo with JSON messages: shown as cargo would show it, live, and listened to. What it would write to standard
 * output, such as the output of tests, goes to standard error as everything for the eye does.
 */
public final class CargoRun implements OutputSink {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    /** Errors are kept for annotations, of which few can be shown; the rest is counted. */
    private static final int ERRORS_KEPT = 100;

    private static final int COMPLAINT_LINES = 8;

    /** A message of rustc may hold the expansion of a large macro. */
    private static final int LONGEST = 8 * 1024 * 1024;

    private final CargoScreen screen;
    private final CrateTimes times;
    private final TestCount tests = new TestCount();
    private final Diagnoser diagnoser = new Diagnoser();
    private final CargoMessages messages = new CargoMessages();
    private final LineSplitter out = LineSplitter.atLineFeeds(LONGEST, this::outLine);
    private final LineSplitter err = LineSplitter.atLineFeeds(LONGEST, this::errLine);
    private final List<CargoMessages.Artifact> artifacts = new ArrayList<>();
    private final List<CargoMessages.Said> errors = new ArrayList<>();
    private final List<String> complaint = new ArrayList<>();
    private boolean complaining;

    public CargoRun(CargoScreen screen, CrateTimes times) {
        this.screen = screen;
        this.times = times;
    }

    /** Runs it to its end; what it said can then be asked for. */
    public int run(BuildHost host, Command command) {
        try {
            return host.streams().stream(command, this);
        } finally {
            out.finish();
            err.finish();
            screen.finish();
        }
    }

    @Override
    public void out(byte[] bytes) {
        out.add(bytes, bytes.length);
    }

    @Override
    public void err(byte[] bytes) {
        screen.pass(bytes);
        err.add(bytes, bytes.length);
    }

    private void outLine(String line) {
        Optional<CargoMessages.Message> message = messages.read(line);
        if (message.isEmpty()) {
            screen.show(line + "\n");
            String plain = plain(line);
            tests.line(plain);
            diagnoser.line(plain);
            return;
        }
        message.get().artifact().ifPresent(this::artifact);
        message.get().said().ifPresent(said -> {
            screen.show(said.rendered());
            if (said.error()) {
                said.rendered().lines().forEach(diagnoser::line);
                if (errors.size() < ERRORS_KEPT) {
                    errors.add(said);
                }
            }
        });
    }

    private void artifact(CargoMessages.Artifact artifact) {
        artifacts.add(artifact);
        if (!artifact.fresh()) {
            times.artifact(PackageId.of(artifact.packageId()));
        }
    }

    private void errLine(String line) {
        // Before the line cargo may have drawn and taken away its progress.
        String last = line.substring(line.lastIndexOf('\r', line.length() - 2) + 1);
        String plain = plain(last);
        times.line(plain);
        diagnoser.line(plain);
        complaint(plain);
    }

    /** Cargo's own first error, with the lines below it that say what it might have been. */
    private void complaint(String line) {
        boolean error = line.startsWith("error: ");
        complaining = error ? complaint.isEmpty() : complaining && !line.startsWith("warning: ");
        if (complaining && complaint.size() < COMPLAINT_LINES && !line.isBlank()) {
            complaint.add(line);
        }
    }

    private static String plain(String line) {
        return line.indexOf('\u001b') < 0 ? line : COLOUR.matcher(line).replaceAll("");
    }

    public List<CargoMessages.Artifact> artifacts() {
        return List.copyOf(artifacts);
    }

    /** What rustc called errors, the first hundred. */
    public List<CargoMessages.Said> errors() {
        return List.copyOf(errors);
    }

    /** What cargo itself gave as its first error, such as a name it does not know and one like it; may be empty. */
    public List<String> complaint() {
        return List.copyOf(complaint);
    }

    /** What test programs said at their end. */
    public TestCount tests() {
        return tests;
    }

    public Optional<Diagnosis> diagnosis() {
        return diagnoser.diagnosis();
    }
}
