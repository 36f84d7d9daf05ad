package dev.crossarm.host.files;

import dev.crossarm.host.Account;
import dev.crossarm.host.process.ProgramFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Makes in another account's folder what Java cannot make by a folder's handle: folders and links. A child does it that
 * stands in the folder, has made sure that it is the one meant, and has become the folder's owner.
 */
final class FolderChild {
    private static final int SECONDS = 600;
    private static final int ANOTHER_FOLDER = 93;
    private static final int MOST_SAID = 4096;

    /** Programs are found and run as root up to setpriv: PATH holds root's folders alone. */
    private static final String SCRIPT = """
            cd -P -- "$1" && [ "$(stat -c '(dev=%D,ino=%i)' .)" = "$2" ] || exit 93
            shift 2
            exec setpriv --reuid="$(stat -c %u .)" --regid="$(stat -c %g .)" --clear-groups -- "$@"
            """;

    /** Only what belongs to the folder's owner changes hands: a hard link to somebody else's file does not. */
    private static final String GIVING = """
            cd -P -- "$1" && [ "$(stat -c '(dev=%D,ino=%i)' .)" = "$2" ] || exit 93
            exec chown -R --no-dereference --from="$(stat -c %u .)" -- "$3" .
            """;

    private final Folder folder;

    private FolderChild(Folder folder) {
        this.folder = folder;
    }

    static FolderChild in(Folder folder) {
        return new FolderChild(folder);
    }

    /**
     * Runs a program in the folder, as the folder's owner.
     *
     * @throws IOException with what the program said when it failed
     */
    void run(String... argv) throws IOException {
        run(SCRIPT, argv[0], List.of(argv));
    }

    /** Gives the folder, and what is in it, to another account; as root. */
    void give(Account account) throws IOException {
        String ids = Integer.toUnsignedString(account.uid()) + ":" + Integer.toUnsignedString(account.gid());
        run(GIVING, "chown", List.of(ids));
    }

    private void run(String script, String program, List<String> arguments) throws IOException {
        // Device and inode; Java writes them as the script has stat(1) write them.
        String identity = Objects.requireNonNull(folder.look().fileKey()).toString();
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", script, "sh", folder.path().toString(), identity));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(new java.io.File("/"));
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", ProgramFolders.DEFAULT, "LC_ALL", "C"));
        Process child = builder.start();
        child.getOutputStream().close();
        try {
            String said = new String(child.getInputStream().readNBytes(MOST_SAID), StandardCharsets.UTF_8).strip();
            if (!child.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw failed(program + " does not end");
            }
            judge(child.exitValue(), said);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new java.nio.channels.ClosedByInterruptException();
        } finally {
            child.destroyForcibly();
        }
    }

    private void judge(int status, String said) throws IOException {
        if (status == ANOTHER_FOLDER) {
            throw failed("the folder was exchanged for another one meanwhile");
        }
        if (status != 0 && said.endsWith("File exists")) {
            throw new FileAlreadyExistsException(folder.path().toString());
        }
        if (status != 0) {
            throw failed(said.isEmpty() ? "ended with " + status : said);
        }
    }

    private IOException failed(String reason) {
        return new FileSystemException(folder.path().toString(), null, reason);
    }
}
