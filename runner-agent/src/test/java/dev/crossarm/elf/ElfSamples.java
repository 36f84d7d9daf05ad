package dev.crossarm.elf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes ELF files of every kind with the machine's own gcc and binutils. */
final class ElfSamples {
    private static final String BARE_START = "void _start(void) { for (;;) { } }";
    private static final String HELLO =
            "#include <stdio.h>\nint main(int n, char **v) { printf(\"%s %d\\n\", v[0], n); return 0; }";
    private static final String INDIRECT = "static int one(void) { return 1; }"
            + "static int (*pick(void))(void) { return one; }"
            + "int chosen(void) __attribute__((ifunc(\"pick\")));"
            + "void _start(void) { for (;;) { chosen(); } }";
    private static final String LIBRARY = "#include <stdlib.h>\nint seven(void) { return atoi(\"7\"); }";
    private static final String GLIBC_NAMES =
            "extern int fcntl64(int, int); extern int __printf_chk(int, const char *);"
                    + "extern long __isoc23_strtol(const char *);"
                    + "int call(void) { return fcntl64(0, 1) + __printf_chk(1, \"\") + (int) __isoc23_strtol(\"1\"); }";

    private final Path directory;

    ElfSamples(Path directory) {
        this.directory = directory;
    }

    /** A fully static program of glibc. */
    Path staticGlibc() {
        return gcc("static-glibc", HELLO, "-static", "-no-pie");
    }

    Path staticPieGlibc() {
        return gcc("static-pie-glibc", HELLO, "-static-pie");
    }

    /** Static, and without any C library: what a Go or assembler program looks like. */
    Path staticBare() {
        return gcc("static-bare", BARE_START, "-static", "-no-pie", "-nostdlib", "-nostartfiles");
    }

    Path staticPieBare() {
        return gcc("static-pie-bare", BARE_START, "-static-pie", "-nostdlib", "-nostartfiles");
    }

    /** With a function that start-up code has to choose, and no start-up code. */
    Path indirect() {
        return gcc("indirect", INDIRECT, "-static", "-no-pie", "-nostdlib", "-nostartfiles");
    }

    Path indirectPie() {
        return gcc("indirect-pie", INDIRECT, "-static-pie", "-fPIE", "-nostdlib", "-nostartfiles");
    }

    Path dynamicPie() {
        return gcc("dynamic-pie", HELLO, "-pie", "-fPIE", "-g", "-lm", "-Wl,--no-as-needed");
    }

    Path dynamicFixed() {
        return gcc("dynamic-fixed", HELLO, "-no-pie", "-Wl,--enable-new-dtags,-rpath,/opt/sample/lib");
    }

    Path library() {
        return gcc(
                "libseven.so",
                LIBRARY,
                "-shared",
                "-fPIC",
                "-Wl,-soname,libseven.so.1,--disable-new-dtags,-rpath,/lib/x");
    }

    Path object() {
        return gcc("names.o", GLIBC_NAMES, "-c");
    }

    Path markedV3() {
        return gcc("marked-v3", HELLO, "-static-pie", "-Wl,-z,x86-64-v3");
    }

    Path narrow() {
        return gcc("narrow", BARE_START, "-m32", "-static", "-no-pie", "-nostdlib", "-nostartfiles");
    }

    /** 32-bit, other byte order: made by objcopy out of an object file. */
    Path bigEndian() {
        Path result = directory.resolve("big-endian.o");
        run("objcopy", "-I", "binary", "-O", "elf32-big", object().toString(), result.toString());
        return result;
    }

    Path stripped(Path file) {
        Path result = directory.resolve(file.getFileName() + ".stripped");
        run("strip", "-o", result.toString(), file.toString());
        return result;
    }

    /** What is kept beside a stripped program for debuggers. */
    Path debugOf(Path file) {
        Path result = directory.resolve(file.getFileName() + ".debug");
        run("objcopy", "--only-keep-debug", file.toString(), result.toString());
        return result;
    }

    /** The same file with its section headers taken out of the header, as sstrip and packers leave it. */
    Path withoutSections(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            Arrays.fill(content, 0x28, 0x30, (byte) 0);
            Arrays.fill(content, 0x3c, 0x40, (byte) 0);
            return Files.write(directory.resolve(file.getFileName() + ".sectionless"), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(
                staticGlibc(),
                staticPieGlibc(),
                staticBare(),
                staticPieBare(),
                indirect(),
                indirectPie(),
                dynamicPie(),
                dynamicFixed(),
                library(),
                object(),
                markedV3(),
                narrow(),
                bigEndian()));
        all.add(stripped(staticGlibc()));
        all.add(stripped(dynamicPie()));
        all.add(withoutSections(dynamicPie()));
        all.add(withoutSections(library()));
        return all;
    }

    private Path gcc(String name, String source, String... arguments) {
        Path result = directory.resolve(name);
        if (Files.exists(result)) {
            return result;
        }
        try {
            Path file = Files.writeString(directory.resolve(name + ".c"), source);
            List<String> command =
                    new ArrayList<>(List.of("gcc", "-Wl,--build-id", "-o", result.toString(), file.toString()));
            if (Arrays.asList(arguments).contains("-c")) {
                command.remove(1);
            }
            command.addAll(1, List.of(arguments));
            run(command.toArray(String[]::new));
            return result;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a tool in the C locale and gives its standard output; a tool that fails fails the test. */
    static String run(String... command) {
        try {
            Path errors = Files.createTempFile("sample", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
                builder.environment().put("LC_ALL", "C");
                Process process = builder.start();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(errors));
                }
                return out;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
