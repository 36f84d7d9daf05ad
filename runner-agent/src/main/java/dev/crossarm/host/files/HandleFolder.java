package dev.crossarm.host.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link Folder} by its handle: whatever its owner puts in the place of its path, or of an entry, the work stays in
 * the folder that was opened and no link leads out of it.
 */
final class HandleFolder implements Folder {
    private static final Path ITSELF = Path.of(".");

    private final Path path;
    private final SecureDirectoryStream<Path> handle;
    private volatile boolean stuck;

    private HandleFolder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            throw new IllegalStateException("Linux gives directory handles");
        }
        this.handle = secure;
    }

    /** @param path one that no other account can lead elsewhere */
    @SuppressWarnings("StreamResourceLeak") // the folder closes it
    static HandleFolder of(Path path) throws IOException {
        return new HandleFolder(path, Files.newDirectoryStream(path));
    }

    /** A second handle of a folder that is held; closing it leaves the first one open. */
    static HandleFolder held(Folder folder) throws IOException {
        return folder instanceof HandleFolder handle
                ? new HandleFolder(handle.path, handle.handle.newDirectoryStream(ITSELF, NOFOLLOW_LINKS))
                : of(folder.path());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public PosixFileAttributes look() throws IOException {
        return handle.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    }

    @Override
    public PosixFileAttributes look(Path name) throws IOException {
        return view(name).readAttributes();
    }

    private PosixFileAttributeView view(Path name) {
        return handle.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    }

    @Override
    public List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = handle.newDirectoryStream(ITSELF, NOFOLLOW_LINKS)) {
            entries.forEach(entry -> names.add(entry.getFileName()));
        } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException error) {
            throw new IOException(error.getCause());
        }
        return names;
    }

    @Override
    public Folder enter(Path name) throws IOException {
        return FolderWalk.below(this, name);
    }

    /** As {@link #enter}, and held by its handle whoever owns it. */
    HandleFolder handleOf(Path name) throws IOException {
        return new HandleFolder(path.resolve(name), handle.newDirectoryStream(name, NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel open(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NOFOLLOW_LINKS);
        return (FileChannel) handle.newByteChannel(name, all, PathFolder.PRIVATE_FILE);
    }

    /**
     * Opens a file that was a regular one a moment ago. Opening a named pipe waits until somebody writes to it, and Java
     * cannot open without waiting: where the owner has exchanged the file since, the opening is given up.
     */
    FileChannel openInTime(Path name, Duration deadline) throws IOException {
        FutureTask<FileChannel> opening = new FutureTask<>(() -> open(name, Set.of(StandardOpenOption.READ)));
        Thread opener = new Thread(opening, "opening " + path.resolve(name));
        opener.setDaemon(true);
        opener.start();
        try {
            return opening.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException pipe) {
            // Closing the handle would wait for the opening.
            stuck = true;
            throw FileProblems.somethingElseInPlace("read", path.resolve(name)).asException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            stuck = true;
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    @Override
    public void makeDirectory(Path name) throws IOException {
        FolderChild.in(this).run("mkdir", "-m", "0700", "--", name.toString());
    }

    @Override
    public void makeLink(Path name, Path destination) throws IOException {
        FolderChild.in(this).run("ln", "-s", "-T", "--", destination.toString(), name.toString());
    }

    @Override
    public void move(Path name, Path newName) throws IOException {
        handle.move(name, handle, newName);
    }

    /** Renames an entry of another folder into this one, over what is there. */
    void take(HandleFolder from, Path name, Path newName) throws IOException {
        from.handle.move(name, handle, newName);
    }

    /** Owner and mode of the folder itself. */
    void own(ResolvedOwnership ownership) throws IOException {
        ownership.apply(handle.getFileAttributeView(PosixFileAttributeView.class));
    }

    /** Only where no other account can exchange the entry. */
    @Override
    public void own(Path name, ResolvedOwnership ownership) throws IOException {
        ownership.apply(view(name));
    }

    @Override
    public void date(Path name, FileTime changed) throws IOException {
        view(name).setTimes(changed, null, null);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        handle.deleteFile(name);
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        handle.deleteDirectory(name);
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel channel = (FileChannel) handle.newByteChannel(ITSELF, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        if (stuck) {
            return;
        }
        try {
            handle.close();
        } catch (IOException nothingToLose) {
            return;
        }
    }
}
