package dev.crossarm.provision.packages;

import dev.crossarm.plan.Inputs;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What dpkg's own files say: which packages are there, and whether a run of dpkg was cut off. Read without a child
 * process, so that a check costs milliseconds.
 *
 * @param root {@code /} but for tests
 * @param architecture dpkg's name of this host's architecture, for example {@code arm64}
 */
record DpkgDatabase(Path root, String architecture) {

    private static final Set<String> SETTLED = Set.of("installed", "not-installed", "config-files");

    /**
     * One reading.
     *
     * @param installed names of packages that are installed for this architecture, or provided by one that is
     * @param own the same without the provided names
     * @param unfinished packages dpkg has begun with and not finished
     * @param journal whether dpkg left updates it has not merged
     */
    record Contents(Set<String> installed, Set<String> own, Set<String> unfinished, boolean journal) {

        /** Whether {@code dpkg --configure -a} is needed before anything can be installed. */
        boolean interrupted() {
            return journal || !unfinished.isEmpty();
        }
    }

    static DpkgDatabase of(Path root, String machine) {
        return new DpkgDatabase(root, machine.equals("aarch64") ? "arm64" : "amd64");
    }

    /** @throws dev.crossarm.problem.CrossarmException when there is no dpkg here or its files cannot be read */
    Contents read() {
        Path status = status();
        try (BufferedReader lines = Files.newBufferedReader(status, StandardCharsets.ISO_8859_1)) {
            Reading reading = new Reading();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.line(line);
            }
            reading.end();
            return new Contents(reading.installed, reading.own, reading.unfinished, hasJournal());
        } catch (IOException unreadable) {
            throw new Problem(
                            "dpkg-unreadable",
                            "dpkg's list of packages cannot be read",
                            status + ": " + unreadable.getMessage(),
                            List.of("Check with: ls -l " + status),
                            ExitStatus.UNAVAILABLE)
                    .asException(unreadable);
        }
    }

    /** What {@link #read} reads. */
    Inputs inputs() {
        return new Inputs().whole(status()).whole(updates());
    }

    private Path status() {
        return root.resolve("var/lib/dpkg/status");
    }

    private Path updates() {
        return root.resolve("var/lib/dpkg/updates");
    }

    private boolean hasJournal() throws IOException {
        Path updates = updates();
        if (!Files.isDirectory(updates)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(updates, "[0-9]*")) {
            return entries.iterator().hasNext();
        }
    }

    /** Collects one stanza after the other. */
    private final class Reading {
        private final Set<String> installed = new TreeSet<>();
        private final Set<String> own = new TreeSet<>();
        private final Set<String> unfinished = new TreeSet<>();
        private String name = "";
        private String status = "";
        private String arch = "";
        private String provides = "";

        private void line(String line) {
            if (line.isEmpty()) {
                end();
            } else if (line.startsWith("Package: ")) {
                name = line.substring(9);
            } else if (line.startsWith("Status: ")) {
                status = line.substring(8);
            } else if (line.startsWith("Architecture: ")) {
                arch = line.substring(14);
            } else if (line.startsWith("Provides: ")) {
                provides = line.substring(10);
            }
        }

        private void end() {
            String[] words = status.split(" ");
            if (!name.isEmpty() && words.length == 3) {
                boolean ours = arch.equals(architecture) || arch.equals("all");
                if (words[2].equals("installed") && words[1].equals("ok") && ours) {
                    installed.add(name);
                    own.add(name);
                    for (String provided : provides.split(", *")) {
                        installed.add(provided.split(" ", 2)[0]);
                    }
                } else if (!SETTLED.contains(words[2]) || words[1].equals("reinstreq")) {
                    unfinished.add(name);
                }
            }
            name = "";
            status = "";
            arch = "";
            provides = "";
        }
    }
}
