package dev.crossarm.provision.proof;

import dev.crossarm.environment.EnvironmentFormat;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Progress;
import dev.crossarm.text.BundledFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of one self-test, below the state directory and the job user's own, with the probe's sources in it. Commands
 * run in it as that user with the job's environment and nothing else of ours: the variables come from a file only that user
 * can read, so that none of them stands on a command line.
 */
final class SelfTestWorkspace implements AutoCloseable {
    /** The probe, by resource name. */
    private static final List<String> SOURCES = List.of("Cargo.toml", "build.rs", "src/probe.c", "src/main.rs");

    /** Its part in C++, which is built where the host has C++ for the target. */
    private static final String CPP = "src/part.cc";

    private static final String VARIABLES = "job-environment";
    private static final Duration LEFT_OVER = Duration.ofHours(6);

    private final SelfTestSubject subject;
    private final CommandRunner commands;
    private final HostFiles files;
    private final Path directory;

    private SelfTestWorkspace(SelfTestSubject subject, CommandRunner commands, HostFiles files, Path directory) {
        this.subject = subject;
        this.commands = commands;
        this.files = files;
        this.directory = directory;
    }

    /** Makes the folder, and removes those that a kill left hours ago. */
    static SelfTestWorkspace make(SelfTestSubject subject, CommandRunner commands, HostFiles files, Instant now) {
        Path parent = SelfTest.folder(subject.layout());
        files.createDirectories(parent, Ownership.mode("rwxr-xr-x"));
        sweep(parent, files, now);
        Path directory = parent.resolve("work-" + Long.toHexString(now.toEpochMilli()) + "-"
                + ProcessHandle.current().pid());
        SelfTestWorkspace workspace = new SelfTestWorkspace(subject, commands, files, directory);
        try {
            workspace.fill();
        } catch (RuntimeException failed) {
            workspace.close();
            throw failed;
        }
        return workspace;
    }

    private void fill() {
        Ownership folder = Ownership.mode("rwx------").of(subject.user());
        Ownership file = Ownership.mode("rw-------").of(subject.user());
        files.createDirectories(directory, folder);
        files.createDirectories(directory.resolve("src"), folder);
        for (String source : sources(subject.standardCpp())) {
            files.write(directory.resolve(source), source(source), file);
        }
        JobEnvironment job = subject.environment();
        String variables =
                EnvironmentFormat.SHELL.render(new JobEnvironment(job.variables(), List.of()), ProgramFolders.DEFAULT);
        files.write(directory.resolve(VARIABLES), variables.getBytes(StandardCharsets.UTF_8), file);
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Runs a command line as a job would. */
    CommandResult run(List<String> line, Duration deadline, Progress progress) {
        List<String> whole = new ArrayList<>(
                List.of("env", "-i", "HOME=" + subject.home(), "PATH=" + subject.path(), "LANG=C.UTF-8", "sh", "-c"));
        whole.add(". ./" + VARIABLES + " && exec \"$@\"");
        whole.add("sh");
        whole.addAll(line);
        Command command = Command.of(whole).in(directory).within(deadline).as(subject.user());
        return commands.run(command, progress::line);
    }

    /** A source of the probe, from our own archive. */
    static byte[] source(String name) {
        return BundledFile.bytes(SelfTestWorkspace.class, "probe/" + name);
    }

    private static List<String> sources(boolean cpp) {
        List<String> all = new ArrayList<>(SOURCES);
        if (cpp) {
            all.add(CPP);
        }
        return all;
    }

    static Fingerprint fingerprint(boolean cpp) {
        StringBuilder all = new StringBuilder();
        sources(cpp).forEach(name -> all.append(Fingerprint.of(source(name))));
        return Fingerprint.of(all.toString());
    }

    private static void sweep(Path parent, HostFiles files, Instant now) {
        FileTime oldest = FileTime.from(now.minus(LEFT_OVER));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "work-*")) {
            for (Path entry : entries) {
                if (Files.getLastModifiedTime(entry).compareTo(oldest) < 0) {
                    files.deleteTree(entry);
                }
            }
        } catch (IOException unreadable) {
            // Left-overs cost space only; whether there is enough of it shows at once.
        }
    }

    @Override
    public void close() {
        files.deleteTree(directory);
    }
}
