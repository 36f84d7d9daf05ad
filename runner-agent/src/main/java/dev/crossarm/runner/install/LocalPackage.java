package dev.crossarm.runner.install;

import dev.crossarm.text.Sha256;
import java.nio.file.Path;

/**
 * A package that the user brings, where there is no network.
 *
 * @param file {@code actions-runner-linux-….tar.gz}
 * @param digest what its SHA-256 has to be
 */
public record LocalPackage(Path file, Sha256 digest) {}
