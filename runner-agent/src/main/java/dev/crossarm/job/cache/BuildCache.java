package dev.crossarm.job.cache;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.FolderSize;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.HostLock;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Target directories that outlive a job, outside of its workspace: {@code <root>/<key>/slot-<n>/target}, with a key for each
 * repository and whose code is built. A build takes a free slot of its key, so two builds at once never wait for each other's
 * lock. Nothing is shared between keys. Of all together no more is kept than a limit: what was not used for longest goes first.
 */
public final class BuildCache {
    private static final Ownership PRIVATE = Ownership.mode("rwx------");
    private static final Ownership FILE = Ownership.mode("rw-------");
    private static final int MOST_SLOTS = 64;
    private static final Duration COPYING = Duration.ofMinutes(20);
    private static final String COPIES = ".copies";

    private final HostFiles files;
    private final CommandRunner commands;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Path root;
    private final long limit;

    public BuildCache(
            HostFiles files, CommandRunner commands, InstantSource clock, Sleeper sleeper, Path root, long limit) {
        this.files = files;
        this.commands = commands;
        this.clock = clock;
        this.sleeper = sleeper;
        this.root = root;
        this.limit = limit;
    }

    /**
     * What the cache did for a build.
     *
     * @param kind what was found
     * @param detail one line for people, for example where it lies and its size; may be empty
     */
    public record State(Kind kind, String detail) {

        /** The build used no cache. */
        public static final State OFF = new State(Kind.OFF, "");

        /** What was found. */
        public enum Kind {
            OFF,
            /** Nothing was there for this repository. */
            COLD,
            /** An earlier build's files were there. */
            WARM;

            /** The word in outputs and JSON. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * A target directory that this build has for itself until it is closed.
     *
     * @param folder the slot's own folder
     * @param lock keeps every other build out of it
     * @param warm whether something was built in it before
     */
    record Slot(Path folder, HostLock.Held lock, boolean warm) implements AutoCloseable {

        /** For cargo's {@code CARGO_TARGET_DIR}. */
        Path target() {
            return folder.resolve("target");
        }

        @Override
        public void close() {
            lock.close();
        }
    }

    /**
     * A slot as it lies there.
     *
     * @param folder the slot's own folder
     * @param bytes what it holds
     * @param used when a build used it last, where that is known
     * @param workspace what was built in it; empty where that is not known
     * @param user who uses it now
     */
    public record Entry(Path folder, long bytes, Optional<Instant> used, String workspace, Optional<String> user) {}

    /** What is there, what was used last first. */
    public List<Entry> entries() {
        return all().stream()
                .map(slot -> {
                    Optional<SlotUsage> usage = SlotUsage.of(slot);
                    return new Entry(
                            slot,
                            usage.map(SlotUsage::bytes).orElseGet(() -> FolderSize.of(slot.resolve("target"))),
                            usage.map(one -> Instant.ofEpochMilli(one.at())),
                            usage.map(SlotUsage::workspace).orElse(""),
                            lock(slot).user());
                })
                .sorted(Comparator.comparing((Entry one) -> one.used().orElse(Instant.MIN))
                        .reversed()
                        .thenComparing(Entry::folder))
                .toList();
    }

    /** Where all of it lies. */
    public Path root() {
        return root;
    }

    /** Bytes all of it together may hold. */
    public long limit() {
        return limit;
    }

    /** Removes a slot that no build uses; whether it is gone. */
    public boolean remove(Entry entry) {
        boolean gone = remove(entry.folder());
        Path folder = entry.folder().getParent();
        if (gone && folder != null) {
            files.deleteIfEmpty(folder); // not empty where a build has taken a slot in it meanwhile
        }
        return gone;
    }

    /**
     * Takes a free slot: the one that this workspace used last where it is free, because what lies at another path has to be
     * compiled again, else the first.
     *
     * @throws dev.crossarm.problem.CrossarmException when the root cannot be written
     */
    Slot take(String key, Path workspace) {
        Path folder = root.resolve(key);
        files.createDirectories(folder, PRIVATE);
        for (Path slot : slots(folder, workspace)) {
            Optional<HostLock.Held> held = lock(slot).tryAcquire("crossarm build");
            if (held.isPresent()) {
                return new Slot(slot, held.get(), Files.isDirectory(slot.resolve("target")));
            }
        }
        throw allBusy(folder).asException();
    }

    /** The same, with nothing in it. */
    Slot takeEmpty(String key, Path workspace) {
        Slot slot = take(key, workspace);
        files.deleteTree(slot.target());
        return new Slot(slot.folder(), slot.lock(), false);
    }

    /**
     * A copy of a slot of this key, for a build that may use what is there and leave nothing behind; empty where there is none, or
     * all are in use.
     */
    Slot takeCopy(String key, Path workspace) {
        Slot copy = takeEmpty(key + COPIES, workspace);
        for (Path source : slots(root.resolve(key), workspace)) {
            if (Files.isDirectory(source.resolve("target"))) {
                Optional<HostLock.Held> held = lock(source).tryAcquire("crossarm build: copying");
                if (held.isPresent()) {
                    try {
                        return new Slot(copy.folder(), copy.lock(), copied(source.resolve("target"), copy.target()));
                    } finally {
                        held.get().close();
                    }
                }
            }
        }
        return copy;
    }

    /** With the times, by which cargo goes; as one piece with the original where the file system can. */
    private boolean copied(Path from, Path to) {
        boolean whole = commands.run(Command.of("cp", "-a", "--reflink=auto", "--", from.toString(), to.toString())
                        .within(COPYING))
                .succeeded();
        if (!whole) {
            files.deleteTree(to);
        }
        return whole;
    }

    /** Empties a slot that is not to be kept. */
    void discard(Slot slot, Path workspace) {
        files.deleteTree(slot.target());
        note(slot.folder(), new SlotUsage(clock.millis(), 0, workspace.toString()));
    }

    private static List<Path> slots(Path folder, Path workspace) {
        List<Path> slots = new ArrayList<>();
        for (int i = 0; i < MOST_SLOTS; i++) {
            slots.add(folder.resolve("slot-" + i));
        }
        slots.sort(Comparator.comparing(slot -> !SlotUsage.of(slot)
                .map(use -> use.workspace().equals(workspace.toString()))
                .orElse(false)));
        return slots;
    }

    private HostLock lock(Path slot) {
        return new HostLock(slot.resolve("lock"), files, clock, sleeper);
    }

    /**
     * Notes the use of a slot, and makes room where the limit is passed.
     *
     * @param changed whether anything was compiled; else its size is still known
     * @param told of what was removed
     */
    void used(Slot slot, Path workspace, boolean changed, Consumer<String> told) {
        long bytes = SlotUsage.of(slot.folder())
                .filter(use -> !changed)
                .map(SlotUsage::bytes)
                .orElseGet(() -> FolderSize.of(slot.target()));
        note(slot.folder(), new SlotUsage(clock.millis(), bytes, workspace.toString()));
        if (!changed) {
            return;
        }
        List<Path> others = new ArrayList<>(all());
        others.remove(slot.folder());
        others.sort(Comparator.comparingLong(
                one -> SlotUsage.of(one).map(SlotUsage::at).orElse(0L)));
        long total = bytes;
        for (Path one : others) {
            total += SlotUsage.of(one).map(SlotUsage::bytes).orElse(0L);
        }
        for (Path one : others) {
            if (total <= limit) {
                return;
            }
            long size = SlotUsage.of(one).map(SlotUsage::bytes).orElse(0L);
            if (remove(one)) {
                total -= size;
                told.accept("cache: removed " + one + " (" + Quantity.size(size) + ", used least recently)");
            }
        }
        if (total > limit && bytes > limit) {
            discard(slot, workspace);
            told.accept("cache: this build alone needs " + Quantity.size(bytes) + ", more than the limit of "
                    + Quantity.size(limit) + ": not kept");
        }
    }

    private void note(Path slot, SlotUsage use) {
        files.write(slot.resolve(SlotUsage.FILE), use.text().getBytes(StandardCharsets.UTF_8), FILE);
    }

    /** Whether it was free and is gone. */
    private boolean remove(Path slot) {
        Optional<HostLock.Held> held = lock(slot).tryAcquire("crossarm: removing what the build cache holds");
        if (held.isEmpty()) {
            return false;
        }
        try {
            files.deleteTree(slot);
            return true;
        } finally {
            held.get().close();
        }
    }

    private List<Path> all() {
        List<Path> slots = new ArrayList<>();
        for (Path repository : children(root, "*")) {
            slots.addAll(children(repository, "slot-*"));
        }
        return slots;
    }

    private static List<Path> children(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        } catch (IOException unreadable) {
            return List.of(); // of another account: not ours to remove
        }
        return found;
    }

    private static Problem allBusy(Path folder) {
        return new Problem(
                "cache-busy",
                "every slot of the build cache is in use",
                folder.toString(),
                List.of("Build without it: --cache off"),
                ExitStatus.TRY_LATER);
    }
}
