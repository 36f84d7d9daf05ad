package dev.crossarm.runner.install;

import dev.crossarm.host.Account;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A runner's root. It belongs to the account of the jobs, and so do the scripts at its top, which are copies. {@code bin} and
 * {@code externals} are root's folders of hard links to the files of the package: real folders, because the Listener takes the parent
 * of its real folder for the runner's root; root's, because they are the same files for every runner. Everything is put together
 * in a folder beside it that only root can enter, and comes in by renames, through the handles of both folders.
 */
final class RunnerRoot {
    private static final Ownership ROOTS_ALONE = Ownership.mode("rwx------");
    private static final Duration TO_COPY = Duration.ofMinutes(10);

    private final RunnerHome home;
    private final RunnerName name;
    private final DurableFiles files;
    private final CommandRunner commands;

    RunnerRoot(RunnerHome home, RunnerName name, DurableFiles files, CommandRunner commands) {
        this.home = home;
        this.name = name;
        this.files = files;
        this.commands = commands;
    }

    Path path() {
        return home.of(name);
    }

    boolean isThere() {
        return FileState.isThere(path());
    }

    /** Makes it, where it is not. */
    void make(PackageContents contents, Account account) {
        Path staging = staging("new");
        files.remove(staging);
        files.createDirectories(staging, ROOTS_ALONE);
        Path root = staging.resolve("root");
        files.createDirectories(root, Ownership.mode("rwxr-xr-x"));
        fill(root, contents, account);
        give(account, List.of(root));
        sync(staging);
        files.move(root, path());
        files.remove(staging);
    }

    private void fill(Path folder, PackageContents contents, Account account) {
        List<String> link = new ArrayList<>(List.of("cp", "-al", "--"));
        PackageContents.FOLDERS.forEach(
                one -> link.add(contents.folder().resolve(one).toString()));
        link.add(folder.toString());
        run(Command.of(link), "runner-links", "the files of the runner could not be linked into its folder");
        List<Path> scripts = contents.topFiles();
        if (scripts.isEmpty()) {
            return;
        }
        List<String> copy = new ArrayList<>(List.of("cp", "--preserve=mode,timestamps", "--"));
        scripts.forEach(script -> copy.add(script.toString()));
        copy.add(folder.toString());
        run(Command.of(copy), "runner-copy", "the scripts of the runner could not be copied");
        give(
                account,
                scripts.stream().map(one -> folder.resolve(one.getFileName())).toList());
    }

    /** Never with what is in a folder: its files are the package's own. */
    private void give(Account account, List<Path> entries) {
        String ids = Integer.toUnsignedString(account.uid()) + ":" + Integer.toUnsignedString(account.gid());
        List<String> chown = new ArrayList<>(List.of("chown", "--no-dereference", "--", ids));
        entries.forEach(entry -> chown.add(entry.toString()));
        run(Command.of(chown), "runner-owner", "the folder of the runner could not be given to " + account.name());
    }

    private void sync(Path folder) {
        run(
                Command.of("sync", "--file-system", folder.toString()),
                "sync-failed",
                "what was written could not be put on disk");
    }

    private void run(Command command, String code, String summary) {
        commands.run(command.within(TO_COPY)).orThrow(code, summary, "df -h " + home.folder(), "sudo dmesg | tail");
    }

    /** Whether an update was cut off: parts of two versions may be there, or the service has yet to be started again. */
    boolean updateCutOff() {
        return FileState.isThere(staging("update")) || owesStart();
    }

    /** Remembers that the service was running before it was stopped for an update, whatever comes between. */
    void oweStart() {
        files.write(stopped(), new byte[0], Ownership.mode("rw-r--r--"));
    }

    boolean owesStart() {
        return FileState.isThere(stopped());
    }

    /** The service runs again, or was not stopped after all. */
    void started() {
        files.delete(stopped());
    }

    private Path stopped() {
        return staging("stopped");
    }

    /** Puts the parts of another version together, beside it. */
    void stage(PackageContents contents, RunnerVersion version, Account account) {
        Path staging = staging("update");
        files.createDirectories(staging, ROOTS_ALONE);
        for (Path folder : List.of(incoming(), outgoing(), failed())) {
            files.createDirectories(folder, ROOTS_ALONE);
        }
        files.write(
                staging.resolve("version"),
                (version + "\n").getBytes(StandardCharsets.UTF_8),
                Ownership.mode("rw-------"));
        fill(incoming(), contents, account);
        sync(staging);
    }

    /** Puts the staged parts in place, one by one, and keeps those that were there. */
    void bringIn() {
        for (Path part : FileState.children(incoming())) {
            Path place = path().resolve(part.getFileName());
            if (FileState.isThere(place)) {
                files.move(place, outgoing().resolve(part.getFileName()));
            }
            files.move(part, place);
        }
    }

    /**
     * Puts back what was there before: whatever was moved out comes back to its place. Right at any moment of
     * {@link #bringIn}, and of itself.
     */
    void takeBack() {
        for (Path part : FileState.children(outgoing())) {
            Path name = Objects.requireNonNull(part.getFileName());
            Path place = path().resolve(name);
            if (FileState.isThere(place)) {
                files.remove(failed().resolve(name));
                files.move(place, failed().resolve(name));
            }
            files.move(part, place);
        }
    }

    /** The version that an update has staged or brought in. */
    Optional<RunnerVersion> staged() {
        return files.read(staging("update").resolve("version"))
                .flatMap(text -> RunnerVersion.of(new String(text, StandardCharsets.UTF_8)));
    }

    /** Clears what an update left, whether it was carried out or taken back. */
    void clearUpdate() {
        // Without the list of what was moved out first: a kill in mid-removal must not bring parts of it back.
        Path done = staging("done");
        files.remove(done);
        if (FileState.isThere(staging("update"))) {
            files.move(staging("update"), done);
            files.remove(done);
        }
    }

    private Path incoming() {
        return staging("update").resolve("in");
    }

    private Path outgoing() {
        return staging("update").resolve("out");
    }

    private Path failed() {
        return staging("update").resolve("failed");
    }

    /** No runner's name begins with a dot. */
    private Path staging(String what) {
        return home.folder().resolve("." + what + "-" + name);
    }
}
