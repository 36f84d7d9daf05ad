package dev.crossarm.job.program;

import java.nio.file.Path;

/**
 * A zip or archive that was written.
 *
 * @param file absolute path
 * @param sha256 digest of the file, in hexadecimal
 * @param bytes size of the file
 * @param unpackedBytes size of everything in it, unpacked
 */
public record Packed(Path file, String sha256, long bytes, long unpackedBytes) {}
