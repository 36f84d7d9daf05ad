package dev.crossarm.runner.install;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an unpacked package says of itself, without starting anything of it.
 *
 * @param folder where it was unpacked
 */
record PackageContents(Path folder) {
    /** Real folders in a runner's root; everything else at the top of a package is a file. */
    static final List<String> FOLDERS = List.of("bin", "externals");

    /** The SHA-256 of the archive this came from. Ours; not part of a runner. */
    static final String DIGEST = ".crossarm-sha256";

    private static final Pattern VERSION = Pattern.compile("\"Runner\\.Listener/(\\d+\\.\\d+\\.\\d+)\"");
    private static final int ELF_HEADER = 20;

    /** @throws dev.crossarm.problem.CrossarmException (65) when this is no package of the runner for this machine */
    void require(Path archive, String machine) {
        for (String file : List.of("bin/Runner.Listener", "config.sh", "run.sh")) {
            if (!Files.isRegularFile(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                throw foreign(archive, "it has no " + file).asException();
            }
        }
        for (String name : FOLDERS) {
            if (!Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw foreign(archive, "it has no folder " + name).asException();
            }
        }
        elfMachine(folder.resolve("bin/Runner.Listener"))
                .filter(found -> !found.equals(machine))
                .ifPresent(other -> {
                    throw foreign(archive, "it is for " + other + ", and this machine is " + machine)
                            .asException();
                });
    }

    /** The version, from the list of the .NET program's parts; empty when there is none. */
    Optional<RunnerVersion> version() {
        try {
            byte[] content = RegularFile.read(folder.resolve("bin/Runner.Listener.deps.json"), RegularFile.GENERATED);
            Matcher version = VERSION.matcher(new String(content, StandardCharsets.UTF_8));
            return version.find() ? RunnerVersion.of(version.group(1)) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", folder, unreadable);
        }
    }

    /** What it is made from, as written at its top; empty when another hand put it there. */
    Optional<String> digest() {
        try {
            return Optional.of(
                    new String(RegularFile.read(folder.resolve(DIGEST), 100), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", folder.resolve(DIGEST), unreadable);
        }
    }

    /** The scripts and other files at its top. */
    List<Path> topFiles() {
        return FileState.children(folder).stream()
                .filter(FileState::isPlainFile)
                .filter(file -> !file.endsWith(DIGEST))
                .toList();
    }

    /** For which machine a program is, as {@code uname -m} prints it; empty when it is a script or of none that we know. */
    static Optional<String> elfMachine(Path program) {
        try (InputStream in = RegularFile.stream(program)) {
            byte[] head = in.readNBytes(ELF_HEADER);
            if (head.length < ELF_HEADER || head[0] != 0x7f || head[1] != 'E' || head[2] != 'L' || head[3] != 'F') {
                return Optional.empty();
            }
            int machine = (head[18] & 0xff) | (head[19] & 0xff) << 8;
            return switch (machine) {
                case 183 -> Optional.of("aarch64");
                case 62 -> Optional.of("x86_64");
                default -> Optional.of("ELF machine " + machine);
            };
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", program, unreadable);
        }
    }

    private static Problem foreign(Path archive, String why) {
        return Problem.of(
                        ExitStatus.DATA,
                        "not-a-runner",
                        "this is no package of GitHub's runner for this machine: " + archive.getFileName(),
                        "Packages are here: https://github.com/actions/runner/releases")
                .withDetail(why);
    }
}
