package dev.crossarm.provision.proof;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Inputs;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything the result of a self-test depends on, one line each: contents of what is small and ours, place, size and
 * time of change of what is large. Starts no process, so that an unchanged host costs a few hundred looks at files.
 */
final class SelfTestInputs {
    private static final int SMALL = 64 * 1024;
    private static final int MOST_FILES = 20_000;

    private final SelfTestSubject subject;
    private final StringBuilder lines = new StringBuilder();
    private final Inputs read = new Inputs();

    private final boolean namesOnly;

    /** @param namesOnly whether files are named and none is opened */
    private SelfTestInputs(SelfTestSubject subject, boolean namesOnly) {
        this.subject = subject;
        this.namesOnly = namesOnly;
    }

    /** The fingerprint of the host as it is now. */
    static Fingerprint fingerprint(SelfTestSubject subject) {
        return Fingerprint.of(text(subject));
    }

    /** The files it is made from. */
    static Inputs files(SelfTestSubject subject) {
        SelfTestInputs inputs = new SelfTestInputs(subject, true);
        inputs.collect();
        return inputs.read;
    }

    static String text(SelfTestSubject subject) {
        SelfTestInputs inputs = new SelfTestInputs(subject, false);
        inputs.collect();
        return inputs.lines.toString();
    }

    private void collect() {
        line("crossarm", subject.version() + " " + SelfTestWorkspace.fingerprint(subject.standardCpp()));
        line("target", subject.target().toString());
        line("host", subject.host().architecture() + " " + subject.host().osName());
        line("user", subject.user().orElse("-") + " " + subject.home());
        subject.environment().variables().forEach((name, value) -> {
            line("variable " + name, value);
            for (String word : value.split("\\s+", -1)) {
                if (word.startsWith("/") && Files.isRegularFile(Path.of(word))) {
                    small(Path.of(word));
                }
            }
        });
        line("PATH", subject.path());
        ours();
        tree(subject.layout().cargoBin());
        for (String tool : List.of("gcc", "as", "ld", "ar")) {
            large(subject.tools().tool(tool));
        }
        large(subject.tools().folder().resolve("cc"));
        large(Path.of("/usr", subject.target().gnuPrefix(), "include", "stdio.h"));
        large(Path.of("/usr/include/stdio.h"));
        rust();
    }

    /** What lies below the prefix, without Rust homes there: every build writes into those. */
    private void ours() {
        for (Path part : children(subject.layout().prefix())) {
            if (!subject.layout().rustupHome().startsWith(part)
                    && !subject.layout().cargoHome().startsWith(part)) {
                tree(part);
            }
        }
    }

    private void rust() {
        Path rustup = subject.layout().rustupHome();
        small(rustup.resolve("settings.toml"));
        small(subject.layout().cargoHome().resolve("config.toml"));
        small(subject.layout().cargoHome().resolve("config"));
        for (Path toolchain : children(rustup.resolve("toolchains"))) {
            Path rustlib = toolchain.resolve("lib/rustlib");
            small(rustlib.resolve("components"));
            large(rustlib.resolve("multirust-channel-manifest.toml"));
            large(toolchain.resolve("bin/rustc"));
            large(toolchain.resolve("bin/cargo"));
            tree(rustlib.resolve(subject.target().triple()));
        }
    }

    /** Content of a small file, through links; anything larger by size and time. */
    private void small(Path file) {
        try {
            if (!namesOnly && Files.isRegularFile(file) && Files.size(file) <= SMALL) {
                line(
                        "content " + file,
                        Fingerprint.of(RegularFile.read(file, SMALL)).value());
                return;
            }
        } catch (IOException | CrossarmException unreadable) {
            line("content " + file, "unreadable");
        }
        large(file);
    }

    private void large(Path file) {
        if (namesOnly) {
            read.whole(file);
            return;
        }
        try {
            Path real = file.toRealPath();
            BasicFileAttributes seen = Files.readAttributes(real, BasicFileAttributes.class);
            line("file " + file, real + " " + seen.size() + " " + seen.lastModifiedTime());
        } catch (NoSuchFileException absent) {
            line("file " + file, "absent");
        } catch (IOException unreadable) {
            line("file " + file, "unreadable");
        }
    }

    private void tree(Path directory) {
        if (namesOnly) {
            read.tree(directory);
            return;
        }
        try {
            FileState.tree(directory).stream()
                    .limit(MOST_FILES)
                    .filter(file -> !Files.isDirectory(file))
                    .sorted()
                    .forEach(this::large);
        } catch (IOException absent) {
            line("tree " + directory, "absent or unreadable");
        }
    }

    private Iterable<Path> children(Path directory) {
        if (namesOnly) {
            read.whole(directory);
        }
        try (Stream<Path> all = Files.list(directory)) {
            return new TreeSet<>(all.toList());
        } catch (IOException absent) {
            return List.of();
        }
    }

    private void line(String what, String value) {
        lines.append(what).append(": ").append(value).append('\n');
    }
}
