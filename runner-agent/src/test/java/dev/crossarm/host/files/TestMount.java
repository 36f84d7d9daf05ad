package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real mount for the length of a test. Where neither root nor {@code sudo -n} is to be had the test fails and says
 * so: a full disk that was never full proves nothing.
 */
public final class TestMount implements AutoCloseable {
    private final Path place;

    private TestMount(Path place) {
        this.place = place;
    }

    /** @param options of tmpfs, for example {@code size=64k} */
    public static TestMount tmpfs(Path place, String options) throws IOException {
        Files.createDirectories(place);
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        asRoot("mount", "-t", "tmpfs", "-o", options + ",mode=0755,uid=" + uid, "tmpfs", place.toString());
        return new TestMount(place);
    }

    public void remountReadOnly() throws IOException {
        asRoot("mount", "-o", "remount,ro", place.toString());
    }

    public void remountWritable() throws IOException {
        asRoot("mount", "-o", "remount,rw", place.toString());
    }

    @Override
    public void close() throws IOException {
        asRoot("umount", place.toString());
    }

    private static void asRoot(String... argv) throws IOException {
        List<String> command = new ArrayList<>();
        if (!Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(List.of(argv));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.onExit().join().exitValue() != 0) {
            throw new AssertionError("this test needs root, or sudo without a password, to mount a small file system: "
                    + String.join(" ", command) + ": " + output);
        }
    }
}
