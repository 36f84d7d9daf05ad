package dev.crossarm.architecture.bad.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Bad on purpose: each goes where the path leads by then. */
public final class PlainFiles {
    public String reads(Path file) throws IOException {
        try (Stream<Path> all = Files.walk(file)) {
            return Files.readString(file) + all.count();
        }
    }

    public void changes(Path file) throws IOException {
        Files.write(file, new byte[0]);
        Files.copy(file, file.resolveSibling("copy"));
    }

    public void opens(Path file) throws IOException {
        FileChannel.open(file).close();
        new RandomAccessFile(file.toString(), "rw").close();
    }
}
