package dev.crossarm.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks up accounts by name: in {@code /etc/passwd}, then through {@code getent}, which also knows accounts of
 * directory services. Java itself tells a user's id but not the primary group or the home directory.
 */
public final class Accounts {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final int GETENT_SECONDS = 10;

    private final Path passwd;

    public Accounts() {
        this(PASSWD);
    }

    Accounts(Path passwd) {
        this.passwd = passwd;
    }

    /** The account of this name, empty when the machine knows none. */
    public Optional<Account> byName(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*\\$?")) {
            return Optional.empty();
        }
        return parse(local(), name).or(() -> parse(getent(name), name));
    }

    /** The accounts that this machine itself knows, without those of directory services. */
    public List<Account> ofThisMachine() {
        return local().stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 7)
                .flatMap(Accounts::account)
                .toList();
    }

    private List<String> local() {
        try {
            return Files.readString(passwd, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Root may have been given a PATH, a folder and variables of another account's: none of them has a part in this. */
    private static List<String> getent(String name) {
        try {
            ProcessBuilder getent = new ProcessBuilder("/usr/bin/getent", "passwd", "--", name)
                    .directory(Path.of("/").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            getent.environment().clear();
            Process child = getent.start();
            child.getOutputStream().close();
            if (!child.waitFor(GETENT_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
                return List.of();
            }
            String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return out.lines().toList();
        } catch (IOException noGetent) {
            return List.of();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Optional<Account> parse(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 7 && fields[0].equals(name))
                .flatMap(Accounts::account)
                .findFirst();
    }

    private static Stream<Account> account(String[] fields) {
        try {
            int uid = Integer.parseUnsignedInt(fields[2]);
            int gid = Integer.parseUnsignedInt(fields[3]);
            return Stream.of(new Account(fields[0], uid, gid, Path.of(fields[5].isEmpty() ? "/" : fields[5])));
        } catch (NumberFormatException damaged) {
            return Stream.empty();
        }
    }
}
