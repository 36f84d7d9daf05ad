package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.Sleeper;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Lets one run at a time change a host. The lock is the kernel's, so it ends with its process however that ends;
 * beside it stands who holds it, for those who wait. Excludes processes, and threads that share one instance.
 *
 * <p>One instance for each path in a process: the kernel gives up a process's lock as soon as any handle to the file
 * is closed, and a second instance would have one of its own.
 */
public final class HostLock {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Ownership LOCK_FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership READABLE = Ownership.mode("rw-r--r--");

    private final Path path;
    private final LockFile file;
    private final HostFiles files;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Semaphore threads = new Semaphore(1);

    /** @param path the lock file; who holds it stands in {@code <path>.holder} */
    public HostLock(Path path, HostFiles files, InstantSource clock, Sleeper sleeper) {
        this.path = path.toAbsolutePath();
        this.file = new LockFile(this.path);
        this.files = files;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** The lock while it is held; closing it gives it back. */
    public final class Held implements AutoCloseable {
        private final FileLock lock;
        private boolean released;

        private Held(FileLock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            synchronized (this) {
                if (released) {
                    return;
                }
                released = true;
            }
            try {
                forgetHolder();
                lock.release();
            } catch (IOException error) {
                throw FileProblems.translate("unlock", path, error);
            } finally {
                threads.release();
            }
        }
    }

    /**
     * Takes the lock, waiting for it at most this long.
     *
     * @param command what this process does, told to those who wait; no secrets
     * @param timeout zero to try once
     * @param waiting told whom it waits for, once and again when that changes
     * @throws CrossarmException {@code already-running} (75) when it is still held by then; when interrupted
     */
    public Held acquire(String command, Duration timeout, Consumer<String> waiting) {
        String told = "";
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            Optional<Held> held = tryAcquire(command);
            if (held.isPresent()) {
                return held.get();
            }
            if (waited.compareTo(timeout) >= 0) {
                throw alreadyRunning(timeout).asException();
            }
            String reason = "waiting for another run: " + holderText();
            if (!reason.equals(told)) {
                waiting.accept(reason);
                told = reason;
            }
            pause();
        }
    }

    /** Takes the lock when nobody holds it. */
    public Optional<Held> tryAcquire(String command) {
        if (!threads.tryAcquire()) {
            return Optional.empty();
        }
        boolean kept = false;
        try {
            Path folder = path.getParent();
            if (folder != null) {
                files.createDirectories(folder, LOCK_FOLDER);
            }
            Optional<FileLock> lock = file.tryLock();
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            Held held = new Held(lock.get());
            tellHolder(command);
            kept = true;
            return Optional.of(held);
        } catch (OverlappingFileLockException anotherInstance) {
            return Optional.empty();
        } catch (IOException error) {
            throw FileProblems.translate("lock", path, error);
        } finally {
            if (!kept) {
                threads.release();
            }
        }
    }

    private void tellHolder(String command) {
        LockHolder holder = new LockHolder(ProcessHandle.current().pid(), clock.instant(), command);
        try {
            files.write(holderPath(), holder.bytes(), READABLE);
        } catch (CrossarmException courtesy) {
            return; // on a full disk the lock holds all the same; others just do not learn by whom
        }
    }

    private void forgetHolder() {
        try {
            files.delete(holderPath());
        } catch (CrossarmException courtesy) {
            return; // a stale text is recognised by its process being gone
        }
    }

    private Path holderPath() {
        return path.resolveSibling(path.getFileName() + ".holder");
    }

    private Optional<LockHolder> holder() {
        try {
            return files.read(holderPath()).flatMap(LockHolder::parse).filter(LockHolder::alive);
        } catch (CrossarmException unreadable) {
            return Optional.empty();
        }
    }

    /** Who holds it now, as far as that is told; only a courtesy, and never a reason to go without the lock. */
    public Optional<String> user() {
        return holder().map(LockHolder::shown);
    }

    private String holderText() {
        return holder().map(LockHolder::shown).orElse("another crossarm");
    }

    private void pause() {
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Problem.of(
                            ExitStatus.TRY_LATER,
                            "interrupted",
                            "interrupted while waiting for another run",
                            "Run the same command again")
                    .asException(stop);
        }
    }

    private Problem alreadyRunning(Duration timeout) {
        Optional<LockHolder> holder = holder();
        List<String> remedies = holder.isPresent()
                ? List.of(
                        "See what it is doing: ps -o pid,etime,args -p "
                                + holder.get().pid(),
                        "Wait until it ends: tail --pid=" + holder.get().pid() + " -f /dev/null",
                        "or wait longer: --lock-timeout 30m")
                : List.of(
                        "See who holds it: sudo fuser -v " + FileProblems.quoted(path),
                        "or wait longer: --lock-timeout 30m");
        return new Problem(
                "already-running",
                "another run is in progress: " + holder.map(LockHolder::shown).orElse("another crossarm"),
                path + " is locked; waited " + timeout.toSeconds() + " s",
                remedies,
                ExitStatus.TRY_LATER);
    }
}
