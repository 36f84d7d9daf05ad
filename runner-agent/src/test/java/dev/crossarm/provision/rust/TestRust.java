package dev.crossarm.provision.rust;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real Rust toolchain for this machine with the standard library of the musl target. Where it lies is told by the variable
 * {@code CROSSARM_TEST_RUST} or the system property {@code crossarm.test.rust}: a directory with the homes {@code rustup/} and
 * {@code cargo/}. Tests that need it carry the tag "rust" and fail when it is not there.
 */
public final class TestRust {
    private final Path directory;

    private TestRust(Path directory) {
        this.directory = directory;
    }

    public static TestRust require() {
        Path directory = Optional.ofNullable(System.getenv("CROSSARM_TEST_RUST"))
                .or(() -> Optional.ofNullable(System.getProperty("crossarm.test.rust")))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("CROSSARM_TEST_RUST is not set: it names a directory with"
                        + " rustup/ and cargo/, as ./scripts/test --only rust makes them"));
        TestRust rust = new TestRust(directory);
        if (!Files.isExecutable(rust.cargoHome().resolve("bin/cargo")) || !Files.isDirectory(rust.rustupHome())) {
            throw new IllegalStateException("CROSSARM_TEST_RUST names " + directory
                    + ", which does not hold rustup/ and cargo/bin/cargo; ./scripts/test --only rust makes them");
        }
        return rust;
    }

    public Path rustupHome() {
        return directory.resolve("rustup");
    }

    public Path cargoHome() {
        return directory.resolve("cargo");
    }
}
