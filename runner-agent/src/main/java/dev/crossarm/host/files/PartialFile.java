package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import dev.crossarm.text.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/** A file that is written bit by bit, over several runs. It is private, and nothing is opened through a link. */
public final class PartialFile implements Closeable {
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path path;
    private final FileChannel channel;

    private PartialFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens it, and makes it where it is missing; its folder has to be there. */
    public static PartialFile open(Path file) {
        Path path = file.toAbsolutePath();
        try (Folder folder = FolderWalk.toChange(Objects.requireNonNull(path.getParent()))) {
            return new PartialFile(path, folder.open(Objects.requireNonNull(path.getFileName()), OPTIONS));
        } catch (IOException error) {
            throw FileProblems.translate("write", path, error);
        }
    }

    /** How much of it is there, in bytes. */
    public long size() {
        try {
            return channel.size();
        } catch (IOException error) {
            throw FileProblems.translate("read", path, error);
        }
    }

    /** Begins it again. */
    public void empty() {
        try {
            channel.truncate(0);
        } catch (IOException error) {
            throw FileProblems.translate("write", path, error);
        }
    }

    /** Adds to its end; closing this stream is not needed. */
    public OutputStream append() throws IOException {
        channel.position(channel.size());
        return Channels.newOutputStream(channel);
    }

    /** Of all that is there. */
    public Sha256 digest() {
        try {
            channel.position(0);
            return Sha256.of(Channels.newInputStream(channel));
        } catch (IOException error) {
            throw FileProblems.translate("read", path, error);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException error) {
            throw FileProblems.translate("write", path, error);
        }
    }
}
