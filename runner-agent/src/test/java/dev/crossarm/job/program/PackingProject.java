package dev.crossarm.job.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A project with a program to pack, and the tools to look at what came of it. */
public final class PackingProject {
    final DurableFiles files = new DurableFiles(Checkpoint.NONE);
    final PackingWriter writer = new PackingWriter(files);
    final Path folder;
    final BuiltProgram program;

    PackingProject(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        program = new BuiltProgram("pkg", "1.0.0", "app", write("target/app", content(3_000_000), "rwx------"));
    }

    Path write(String name, byte[] content, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(UTF_8), "rw-------");
    }

    Path out(String name) {
        return folder.resolve("target/crossarm").resolve(name);
    }

    Packed zip(String... includes) {
        return LambdaZip.write(
                writer, program, LambdaZip.Layout.FUNCTION, Includes.of(folder, List.of(includes)), out("app.zip"));
    }

    Packed archive(String... includes) {
        return ArchiveFile.write(writer, files, program, Includes.of(folder, List.of(includes)), out("app.tar.gz"));
    }

    /** Half noise, half repetition, so that both stored and matched blocks appear; the same at every call. */
    static byte[] content(int size) {
        Random random = new Random(42);
        byte[] content = new byte[size];
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(9000));
            if (random.nextBoolean() || at == 0) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, content, at, length);
            } else {
                int from = random.nextInt(at);
                for (int i = 0; i < length; i++) {
                    content[at + i] = content[from + i % (at - from)];
                }
            }
            at += length;
        }
        return content;
    }

    public static String run(Path in, String... argv) throws IOException, InterruptedException {
        return run(in, Map.of(), argv);
    }

    /** Output of a tool that must end with 0. */
    public static String run(Path in, Map<String, String> environment, String... argv)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(argv)))
                .directory(in.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        OutputStream input = process.getOutputStream();
        input.close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(String.join(" ", argv) + " ended with " + status + ":\n" + output);
        }
        return output;
    }
}
