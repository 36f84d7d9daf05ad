package dev.crossarm;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers why it could not be written, which a print stream keeps to itself. */
final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private @Nullable String failure;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException error) {
            failure = String.valueOf(error.getMessage());
            throw error;
        }
    }

    /** Why not all of it was written; empty where the reader has left, as {@code head} does. */
    Optional<String> failure() {
        return "Broken pipe".equals(failure) ? Optional.empty() : Optional.ofNullable(failure);
    }
}
