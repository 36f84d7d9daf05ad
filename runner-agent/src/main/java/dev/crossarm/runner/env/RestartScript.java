package dev.crossarm.runner.env;

import dev.crossarm.config.Layout;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.text.BundledFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The script that waits for a job to end; systemd runs it, so it has to lie on the host and not in our jar. */
final class RestartScript {
    private final HostFiles files;
    private final Path path;

    RestartScript(HostFiles files, Layout layout) {
        this.files = files;
        this.path = layout.prefix().resolve("libexec").resolve("restart-when-idle");
    }

    Path path() {
        return path;
    }

    /** The folder that holds it and nothing else. */
    Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    boolean inPlace() {
        return files.read(path).filter(found -> Arrays.equals(found, content())).isPresent();
    }

    void write() {
        files.createDirectories(folder(), Ownership.mode("rwxr-xr-x"));
        files.write(path, content(), Ownership.mode("rwxr-xr-x"));
    }

    private static byte[] content() {
        return BundledFile.bytes(RestartScript.class, "restart-when-idle.sh");
    }
}
