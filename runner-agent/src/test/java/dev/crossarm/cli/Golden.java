package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Output that other programs read, kept in files: a change of it is seen in a review. */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void assertSame(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("crossarm.write-golden")) {
                Files.writeString(file, actual);
            }
            assertThat(actual)
                    .as("%s differs; when that is meant, write it again with -Dcrossarm.write-golden=true", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
