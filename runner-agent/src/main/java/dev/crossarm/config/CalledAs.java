package dev.crossarm.config;

import dev.crossarm.host.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How this program has to be called from where it was called: by its name where the shell finds this very file, else by its path.
 *
 * @param name by the account that called it
 * @param withSudo the same below {@code sudo}, which searches other folders
 * @param anywhere the same from any folder
 */
public record CalledAs(String name, String withSudo, String anywhere) {
    private static final String NAME = "crossarm";

    /** sudo's {@code secure_path} on Debian and Ubuntu. */
    private static final String SECURE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** By its name, as after an installation. */
    public static final CalledAs INSTALLED = new CalledAs(NAME, NAME, NAME);

    /**
     * Finds it out.
     *
     * @param called the first word of the caller's command; without a slash it says nothing
     * @param directory where it was called
     * @param path the caller's PATH
     */
    public static CalledAs of(String called, Path directory, String path) {
        if (!called.contains("/")) {
            return INSTALLED;
        }
        Path file = directory.resolve(called).normalize();
        return new CalledAs(
                found(path, file) ? NAME : Command.word(called),
                found(SECURE_PATH, file) ? NAME : Command.word(called),
                found(SECURE_PATH, file) ? NAME : Command.word(file.toString()));
    }

    private static boolean found(String path, Path file) {
        for (String folder : List.of(path.split(":", -1))) {
            Path candidate = Path.of(folder).resolve(NAME);
            if (folder.startsWith("/") && Files.isExecutable(candidate)) {
                try {
                    return Files.isSameFile(candidate, file);
                } catch (IOException gone) {
                    return false;
                }
            }
        }
        return false;
    }
}
