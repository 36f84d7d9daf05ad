package dev.crossarm.plan;

import dev.crossarm.host.RootsOwn;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends a run's events to a file, one JSON object a line, and says on disk at its end. A line that a kill tore is cut
 * off by the next append. When the file would grow over the limit it becomes {@code <name>.1}, and an older one of that
 * name goes. Never fails a run: when it cannot be written it warns once and is silent for the rest of the run.
 */
public final class Journal implements RunListener {
    /** Bytes in one file; there are two at most. */
    static final long LIMIT = 1024 * 1024;

    private final Path file;
    private final Consumer<Problem> warnings;
    private final long limit;
    private final JournalLine lines;
    private String run = "";
    private boolean broken;

    /**
     * @param mask goes over every text of it: whoever has an account here may read it
     * @param warnings told once when the journal cannot be written
     */
    public Journal(Path file, Mask mask, Consumer<Problem> warnings) {
        this(file, mask, warnings, LIMIT);
    }

    Journal(Path file, Mask mask, Consumer<Problem> warnings, long limit) {
        this.lines = new JournalLine(mask);
        this.file = file;
        this.warnings = warnings;
        this.limit = limit;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            run = started.run();
            broken = false;
        }
        String line = lines.of(event, run);
        if (broken || line.isEmpty()) {
            return;
        }
        try {
            append(line.getBytes(StandardCharsets.UTF_8), event instanceof RunEvent.RunFinished);
        } catch (IOException failure) {
            broken = true;
            warnings.accept(Problem.of(
                            ExitStatus.CANNOT_CREATE,
                            "journal-not-written",
                            "the journal of this run cannot be written; the run continues without it",
                            "Check that " + file.getParent() + " is writable and has space left")
                    .withDetail(file + ": " + failure));
        }
    }

    private void append(byte[] line, boolean sync) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        requireRootsOwn(folder);
        Files.createDirectories(folder);
        if (Files.exists(file) && Files.size(file) + line.length > limit) {
            Files.move(file, rotated(file), StandardCopyOption.ATOMIC_MOVE);
        }
        // Not a FileChannel: an interrupted thread could not write with one, and an interrupt is worth a line.
        try (RandomAccessFile whole = new RandomAccessFile(file.toString(), "rw")) {
            long end = endOfWholeLines(whole);
            whole.setLength(end);
            whole.seek(end);
            whole.write(line);
            if (sync) {
                whole.getFD().sync();
            }
        }
    }

    /** Root appends to nothing that another account could have made a link to something else. */
    private static void requireRootsOwn(Path folder) throws IOException {
        Optional<Path> open = RootsOwn.root() ? RootsOwn.writableByAnother(folder, owner -> false) : Optional.empty();
        if (open.isPresent()) {
            throw new IOException("another account can change " + open.get());
        }
    }

    static Path rotated(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** The length of the part that ends with a line feed. */
    private static long endOfWholeLines(RandomAccessFile file) throws IOException {
        for (long end = file.length(); end > 0; end--) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                return end;
            }
        }
        return 0;
    }
}
