package dev.crossarm.host.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes files that are too large to be held in memory, with the guarantees of {@link HostFiles#write}. */
@FunctionalInterface
public interface LargeFiles {

    /** Gives the content of a file. Whatever it throws, the target stays as it was. */
    @FunctionalInterface
    interface Content {
        /** @throws IOException when the stream does; errors of its own source it throws as problems */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Puts the content in place once it is complete; always writes, even what is there already. */
    void write(Path target, Ownership ownership, Content content);
}
