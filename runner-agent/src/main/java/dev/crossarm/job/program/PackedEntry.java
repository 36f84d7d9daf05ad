package dev.crossarm.job.program;

import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A file to be packed.
 *
 * @param name under which it is found when unpacked: relative, with {@code /}
 * @param source its content
 * @param executable whether it gets mode 755; 644 otherwise
 */
record PackedEntry(String name, Path source, boolean executable) {
    /** Its content, read without being led elsewhere. */
    void writeTo(OutputStream out) throws IOException {
        try (InputStream in = RegularFile.stream(source)) {
            in.transferTo(out);
        }
    }

    /** Permission bits: Lambda runs what is packed as another account, so everybody may read. */
    int mode() {
        return executable ? 0755 : 0644;
    }
}
