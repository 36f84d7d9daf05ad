package dev.crossarm.health;

import dev.crossarm.host.HostFacts;
import dev.crossarm.target.Distribution;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the kernel runs programs of the target through an emulator (kernel documentation, binfmt-misc). cargo does not need it,
 * because the environment names a runner; scripts and makefiles that start such programs do.
 */
final class BinfmtExamination implements Examination {
    private static final Pattern INTERPRETER = Pattern.compile("(?m)^interpreter (.+)$");
    private static final Pattern FLAGS = Pattern.compile("(?m)^flags: ?(.*)$");
    private static final Pattern MAGIC = Pattern.compile("(?m)^magic ([0-9a-f]+)$");

    private final HostFacts facts;
    private final Target target;
    private final Path root;

    BinfmtExamination(DoctorSubject subject) {
        this.facts = subject.facts();
        this.target = subject.target();
        this.root = subject.root();
    }

    @Override
    public List<Finding> examine() {
        if (facts.architecture().equals(target.architecture())) {
            return List.of(Finding.ok("binfmt", "not needed: " + target.architecture() + " programs run natively"));
        }
        Path folder = root.resolve("proc/sys/fs/binfmt_misc");
        Optional<Path> entry = entry(folder);
        if (entry.isEmpty()) {
            return List.of(new Finding(
                    "binfmt",
                    Severity.NOTE,
                    "the kernel does not run " + target.architecture() + " programs directly",
                    "cargo run and cargo test work, because the environment names the emulator. Programs that are run"
                            + " directly do not.",
                    List.of(install(), "sudo systemctl restart systemd-binfmt")));
        }
        return List.of(judge(entry.get(), text(folder.resolve("status"))));
    }

    private Finding judge(Path entry, String status) {
        String text = text(entry);
        String interpreter = group(INTERPRETER, text).orElse("an unnamed interpreter");
        String flags = group(FLAGS, text).orElse("");
        String detail = entry + ", flags " + (flags.isBlank() ? "none" : flags);
        if (!text.startsWith("enabled") || status.startsWith("disabled")) {
            return Finding.warning(
                    "binfmt",
                    "the entry for " + target.architecture() + " programs is disabled",
                    detail,
                    "echo 1 | sudo tee " + entry);
        } else if (!flags.contains("F") && !Files.exists(root.resolve(interpreter.replaceFirst("^/", "")))) {
            return Finding.warning(
                    "binfmt",
                    target.architecture() + " programs should run under " + interpreter + ", which does not exist",
                    detail,
                    install());
        } else if (!flags.contains("F")) {
            return Finding.note(
                    "binfmt",
                    target.architecture() + " programs run under " + interpreter + ", but not inside containers",
                    detail
                            + "\nWithout the flag F the kernel looks for the interpreter inside the container, where"
                            + " it does not exist.");
        }
        return Finding.ok(
                "binfmt", target.architecture() + " programs run under " + interpreter + " (flags " + flags + ")");
    }

    /** The entry whose magic has the target's machine number in its ELF header, whatever it is called. */
    private Optional<Path> entry(Path folder) {
        String machine = String.format("%02x%02x", target.elfMachine() & 0xff, target.elfMachine() >> 8);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String magic = group(MAGIC, text(entry)).orElse("");
                if (magic.startsWith("7f454c46") && magic.length() >= 40 && magic.startsWith(machine, 36)) {
                    return Optional.of(entry);
                }
            }
        } catch (IOException notMounted) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private String install() {
        return "sudo apt-get install "
                + Distribution.of(facts)
                        .map(known -> String.join(" ", known.emulatorPackages()))
                        .orElse("qemu-user-static");
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
