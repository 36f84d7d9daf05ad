package dev.crossarm.job.cache;

import dev.crossarm.host.files.HostLock;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.plan.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Target directories that outlive a job, outside of its workspace: {@code <root>/<repository>/slot-<n>/target}. A build takes
 * a free slot of its repository, so two builds at once never wait for each other's lock. Nothing is shared between
 * repositories. Of all together no more is kept than a limit: what was not used for longest goes first.
 */
final class BuildCache {
    private static final Ownership PRIVATE = Ownership.mode("rwx------");
    private static final Ownership FILE = Ownership.mode("rw-------");
    private static final int MOST_SLOTS = 64;

    private final BuildHost host;
    private final Path root;
    private final long limit;

    BuildCache(BuildHost host, Path root, long limit) {
        this.host = host;
        this.root = root;
        this.limit = limit;
    }

    /** The folder's name for a repository, or for a project that is built outside of a job. */
    String key(Path workspace) {
        Optional<String> repository = host.surroundings().variable("GITHUB_REPOSITORY");
        String whole = repository
                .map(name -> host.surroundings().variable("GITHUB_SERVER_URL").orElse("") + "/" + name)
                .orElse(workspace.toString());
        String last = repository.orElseGet(() -> String.valueOf(workspace.getFileName()));
        String readable = last.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        String hash = Fingerprint.of(whole).toString().replaceAll("^.*:", "").substring(0, 12);
        return (readable.length() > 60 ? readable.substring(0, 60) : readable) + "-" + hash;
    }

    /**
     * Takes a free slot: the one that this workspace used last where it is free, because what lies at another path has to be
     * compiled again, else the first.
     *
     * @throws dev.crossarm.problem.CrossarmException when the root cannot be written
     */
    CacheSlot take(Path workspace) {
        Path folder = root.resolve(key(workspace));
        host.files().createDirectories(folder, PRIVATE);
        List<Path> slots = new ArrayList<>();
        for (int i = 0; i < MOST_SLOTS; i++) {
            slots.add(folder.resolve("slot-" + i));
        }
        slots.sort(Comparator.comparing(slot -> !CacheUse.of(slot)
                .map(use -> use.workspace().equals(workspace.toString()))
                .orElse(false)));
        for (Path slot : slots) {
            Optional<HostLock.Held> held = lock(slot).tryAcquire("crossarm build");
            if (held.isPresent()) {
                return new CacheSlot(slot, held.get(), Files.isDirectory(slot.resolve("target")));
            }
        }
        throw CacheUse.allBusy(folder).asException();
    }

    private HostLock lock(Path slot) {
        return new HostLock(slot.resolve("lock"), host.files(), host.clock(), host.sleeper());
    }

    /**
     * Notes the use of a slot, and makes room where the limit is passed.
     *
     * @param changed whether anything was compiled; else its size is still known
     * @param told of what was removed
     */
    void used(CacheSlot slot, Path workspace, boolean changed, Consumer<String> told) {
        long bytes = CacheUse.of(slot.folder())
                .filter(use -> !changed)
                .map(CacheUse::bytes)
                .orElseGet(() -> CacheUse.measure(slot.target()));
        note(slot.folder(), new CacheUse(host.clock().millis(), bytes, workspace.toString()));
        if (!changed) {
            return;
        }
        List<Path> others = new ArrayList<>(all());
        others.remove(slot.folder());
        others.sort(Comparator.comparingLong(
                one -> CacheUse.of(one).map(CacheUse::at).orElse(0L)));
        long total = bytes;
        for (Path one : others) {
            total += CacheUse.of(one).map(CacheUse::bytes).orElse(0L);
        }
        for (Path one : others) {
            if (total <= limit) {
                return;
            }
            long size = CacheUse.of(one).map(CacheUse::bytes).orElse(0L);
            if (remove(one)) {
                total -= size;
                told.accept("cache: removed " + one + " (" + CacheUse.shown(size) + ", used least recently)");
            }
        }
        if (total > limit && bytes > limit) {
            host.files().deleteTree(slot.target());
            note(slot.folder(), new CacheUse(host.clock().millis(), 0, workspace.toString()));
            told.accept("cache: this build alone takes " + CacheUse.shown(bytes) + ", more than the limit of "
                    + CacheUse.shown(limit) + ": not kept");
        }
    }

    private void note(Path slot, CacheUse use) {
        host.files().write(slot.resolve(CacheUse.FILE), use.text().getBytes(StandardCharsets.UTF_8), FILE);
    }

    /** Whether it was free and is gone. */
    private boolean remove(Path slot) {
        Optional<HostLock.Held> held = lock(slot).tryAcquire("crossarm build: making room");
        if (held.isEmpty()) {
            return false;
        }
        try {
            host.files().deleteTree(slot);
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
}
