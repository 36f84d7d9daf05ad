package dev.crossarm.plan;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model of the steps that write files: its own directory with two files, one of them secret, and a link; and a line of
 * its own in a file that belongs to others.
 */
final class FileModelStep implements Step {
    static final String TOKEN = "t0k3n-of-the-model";
    static final String SHARED = "runner/.env";
    private static final String OUR_LINE = "MODEL=on";
    private static final Ownership DIRECTORY = Ownership.mode("rwxr-xr-x");

    private final Path own;
    private final Path link;
    private final Path shared;
    private final HostFiles files;

    FileModelStep(Path host, HostFiles files) {
        this.own = host.resolve("opt/model");
        this.link = own.resolve("bin/cc");
        this.shared = host.resolve(SHARED);
        this.files = files;
    }

    /** What a fresh host has. */
    static void prepare(Path host) throws IOException {
        Files.createDirectories(host.resolve("opt"));
        Files.createDirectories(host.resolve("runner"));
        Files.write(host.resolve(SHARED), "A=1\n# note\r\n=odd\n\u00fc=\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private Map<Path, String> wanted() {
        Map<Path, String> wanted = new LinkedHashMap<>();
        wanted.put(own.resolve("bin/wrapper"), "#!/bin/sh\nexec cc \"$@\"\n");
        wanted.put(own.resolve("etc/token"), TOKEN + "\n");
        return wanted;
    }

    @Override
    public StepId id() {
        return StepId.of("file-model");
    }

    @Override
    public String summary() {
        return "model files";
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(StepId.of("packages"));
    }

    @Override
    public Observation check() {
        List<Repair> repairs = new ArrayList<>();
        wanted().forEach((file, content) -> {
            if (!text(file).equals(content)) {
                repairs.add(repair(Difference.missing(file.toString(), "present")));
            }
        });
        if (!Files.isSymbolicLink(link)) {
            repairs.add(repair(Difference.missing(link.toString(), "link to wrapper")));
        }
        if (text(shared).lines().noneMatch(OUR_LINE::equals)) {
            repairs.add(repair(Difference.missing(shared.toString(), OUR_LINE)));
        }
        return repairs.isEmpty() ? Observation.Satisfied.of("4 files") : new Observation.Drifted(repairs);
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = new Inputs().whole(link).whole(shared);
        wanted().keySet().forEach(inputs::whole);
        return Optional.of(inputs);
    }

    private Repair repair(Difference one) {
        boolean secret = one.subject().endsWith("token");
        Change.Kind kind = one.subject().equals(link.toString()) ? Change.Kind.LINK : Change.Kind.WRITE_FILE;
        return TargetFix.of(
                one, new Change(kind, one.subject(), "put it there", Fingerprint.ABSENT, Fingerprint.UNKNOWN, secret));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        TargetFix change = (TargetFix) fix;
        Path target = Path.of(change.target());
        if (change.kind() == Change.Kind.DELETE) {
            remove(target);
        } else if (change.kind() == Change.Kind.LINK) {
            files.createDirectories(Objects.requireNonNull(link.getParent()), DIRECTORY);
            files.symlink(link, Path.of("wrapper"));
        } else if (target.equals(shared)) {
            write(shared, text(shared) + OUR_LINE + "\n", "rw-r-----");
        } else {
            files.createDirectories(Objects.requireNonNull(target.getParent()), DIRECTORY);
            write(target, Objects.requireNonNull(wanted().get(target)), "rwxr-x---");
        }
    }

    private void remove(Path target) {
        if (target.equals(shared)) {
            write(shared, text(shared).replace(OUR_LINE + "\n", ""), "rw-r--r--");
        } else {
            files.deleteTree(target);
        }
    }

    @Override
    public List<Repair> planRemoval() {
        List<Repair> changes = new ArrayList<>();
        if (text(shared).lines().anyMatch(OUR_LINE::equals)) {
            changes.add(TargetFix.of(Change.of(Change.Kind.DELETE, shared.toString(), "take our line out")));
        }
        if (Files.exists(own)) {
            changes.add(TargetFix.of(Change.of(Change.Kind.DELETE, own.toString(), "delete our files")));
        }
        return changes;
    }

    private void write(Path file, String text, String mode) {
        files.write(file, text.getBytes(StandardCharsets.ISO_8859_1), Ownership.mode(mode));
    }

    private String text(Path file) {
        return files.read(file)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
