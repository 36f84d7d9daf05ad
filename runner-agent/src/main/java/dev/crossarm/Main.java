package dev.crossarm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The command's entry point. What is asked for most often is answered here, before anything else is loaded. */
public final class Main {

    private Main() {}

    /** Starts the command line and ends with its status. */
    public static void main(String[] arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println("crossarm ".concat(version()));
            return;
        }
        System.exit(Launch.run(arguments));
    }

    /** The release. The jar's manifest is read by the class loader anyway; the resource is for a run without a jar. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? versionFromResource() : version;
    }

    /** Where this program itself lies: a jar, or classes in a folder. */
    static Path jar() {
        return Path.of(System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0])
                .toAbsolutePath();
    }

    private static String versionFromResource() {
        try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
