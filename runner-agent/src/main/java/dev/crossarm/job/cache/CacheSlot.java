package dev.crossarm.job.cache;

import dev.crossarm.host.files.HostLock;
import java.nio.file.Path;

/**
 * A target directory that this build has for itself until it is closed.
 *
 * @param folder the slot's own folder
 * @param lock keeps every other build out of it
 * @param warm whether something was built in it before
 */
record CacheSlot(Path folder, HostLock.Held lock, boolean warm) implements AutoCloseable {

    /** For cargo's {@code CARGO_TARGET_DIR}. */
    Path target() {
        return folder.resolve("target");
    }

    @Override
    public void close() {
        lock.close();
    }
}
