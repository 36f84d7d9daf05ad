package dev.crossarm.job.program;

import java.nio.file.Path;

/**
 * A file to be packed.
 *
 * @param name under which it is found when unpacked: relative, with {@code /}
 * @param source its content
 * @param executable whether it gets mode 755; 644 otherwise
 */
record PackedEntry(String name, Path source, boolean executable) {
    /** Permission bits: Lambda runs what is packed as another account, so everybody may read. */
    int mode() {
        return executable ? 0755 : 0644;
    }
}
