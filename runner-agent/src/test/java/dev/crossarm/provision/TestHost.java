package dev.crossarm.provision;

import dev.crossarm.config.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What tests of steps put into a folder that stands for a host's file system. */
public final class TestHost {
    private TestHost() {}

    /** Where a system installation lies there. */
    public static Layout layout(Path host) {
        return new Layout(
                host.resolve("opt/crossarm"),
                host.resolve("var/lib/crossarm"),
                host.resolve("var/lib/crossarm/rust/rustup"),
                host.resolve("var/lib/crossarm/rust/cargo"),
                true,
                Optional.empty());
    }

    /** The kernel's headers as Debian's cross packages bring them, and an asm of the host's own architecture. */
    public static void kernelHeaders(Path host) throws IOException {
        Path cross = host.resolve("usr/x86_64-linux-gnu/include");
        put(cross.resolve("linux/version.h"), "kernel");
        put(cross.resolve("asm-generic/types.h"), "kernel");
        put(cross.resolve("asm/types.h"), "cross");
        put(host.resolve("usr/include/asm/types.h"), "the host's own");
    }

    /** A script under a program's name in the folder {@code tools}. */
    public static void tool(Path host, String name, String body) throws IOException {
        Path file = host.resolve("tools").resolve(name);
        put(file, "#!/bin/sh\nset -eu\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
