package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.KnownFailures;
import dev.crossarm.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Zig's wheel, as {@code ziglang} in Python's package index: pinned by version and digest, fetched by pip from whatever
 * index this machine is configured for, so that mirrors, proxies and private authorities work as they do for everything
 * else. Nothing of it is run before pip has checked the digest.
 */
final class ZigWheel {
    static final String VERSION = "0.17.1";

    /** SHA-256 of the wheels for Linux, by {@code uname -m}; from the index, and from the files themselves. */
    private static final Map<String, String> DIGESTS = Map.of(
            "aarch64", "b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e",
            "x86_64", "ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54");

    /** What is taken out of the wheel: the compiler, headers and sources of its libraries, licences. */
    private static final String UNPACK = """
            import sys, zipfile, os
            wheel, place = sys.argv[1:]
            wanted = ("ziglang/zig", "ziglang/LICENSE", "ziglang/lib/include/", "ziglang/lib/libcxx/",
                      "ziglang/lib/libcxxabi/")
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if name.startswith(wanted):
                        archive.extract(name, place)
            os.chmod(os.path.join(place, "ziglang/zig"), 0o755)
            """;

    private static final String PIP_MISSING = "pip-missing"; // in the table of known failures

    private static final Duration DOWNLOAD = Duration.ofMinutes(60);

    /** Only ever one wheel, never built here, never anything it depends on, never one of another digest. */
    private static final List<String> PIP_DOWNLOAD = List.of(
            "-m",
            "pip",
            "download",
            "--no-input",
            "--disable-pip-version-check",
            "--no-cache-dir",
            "--progress-bar",
            "off",
            "--require-hashes",
            "--no-deps",
            "--only-binary",
            ":all:");

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership FILE = Ownership.mode("rw-r--r--");

    /** The distribution's, whose pip the packages step brings; where that has none, the first on PATH. */
    static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    /** Neither the working directory nor the caller's variables and folders say what is imported; output at once. */
    private static final List<String> ISOLATED = List.of("-I", "-u");

    private final String architecture;
    private final List<String> pythons;
    private final HostFiles files;
    private final CommandRunner commands;

    /**
     * @param architecture of this host, as {@code uname -m} prints it
     * @param pythons programs to try in turn
     */
    ZigWheel(String architecture, List<String> pythons, HostFiles files, CommandRunner commands) {
        this.architecture = architecture;
        this.pythons = List.copyOf(pythons);
        this.files = files;
        this.commands = commands;
    }

    /**
     * Fetches and unpacks it.
     *
     * @param workspace an empty directory for all of it; the caller removes it
     * @return the folder with {@code zig}, {@code lib/include}, {@code lib/libcxx} and {@code lib/libcxxabi}
     * @throws CrossarmException when python or pip is missing or broken, no index offers it or can be reached, or the digest is wrong
     */
    Path fetch(Path workspace, Progress progress) {
        String digest = digest();
        Path temporary = workspace.resolve("tmp");
        Path wheels = workspace.resolve("wheels");
        files.createDirectories(temporary, FOLDER);
        files.createDirectories(wheels, FOLDER);
        Path requirements = workspace.resolve("requirements.txt");
        String pinned = "ziglang==" + VERSION + " --hash=sha256:" + digest + "\n";
        files.write(requirements, pinned.getBytes(StandardCharsets.UTF_8), FILE);
        List<String> python = python();
        List<String> arguments = new ArrayList<>(PIP_DOWNLOAD);
        arguments.addAll(List.of("--requirement", requirements.toString(), "--dest", wheels.toString()));
        CommandResult download = run(python, arguments, temporary, DOWNLOAD, progress);
        if (!download.succeeded()) {
            throw failure(download).asException();
        }
        Path wheel = FileState.children(wheels).stream()
                .filter(file -> file.toString().endsWith(".whl"))
                .findFirst()
                .orElseThrow(() -> failure(download).asException());
        progress.line("unpacking " + wheel.getFileName());
        CommandResult unpacked = run(
                python, List.of("-c", UNPACK, wheel.toString(), workspace.toString()), temporary, DEADLINE, progress);
        if (!unpacked.succeeded()) {
            throw failure(unpacked).asException();
        }
        files.deleteTree(wheels);
        return workspace.resolve("ziglang");
    }

    private String digest() {
        String digest = DIGESTS.get(architecture);
        if (digest == null) {
            throw Problem.of(
                            ExitStatus.UNAVAILABLE,
                            "zig-not-offered",
                            "there is no zig for " + architecture + ": C++ is available on "
                                    + String.join(
                                            " and ",
                                            DIGESTS.keySet().stream().sorted().toList()),
                            "crossarm provision --compiler musl")
                    .asException();
        }
        return digest;
    }

    /** The first that has pip. Where none has, what is most to the point is said: an error of python's own, then no pip. */
    private List<String> python() {
        List<Problem> withoutPip = new ArrayList<>();
        List<Problem> other = new ArrayList<>();
        for (String python : pythons) {
            try {
                CommandResult pip = commands.run(
                        Command.of(python, "-I", "-m", "pip", "--version").within(Duration.ofSeconds(60)));
                if (pip.succeeded()) {
                    return List.of(python);
                }
                Problem found = broken(pip);
                (found.code().equals(PIP_MISSING) ? withoutPip : other).add(found);
            } catch (CrossarmException unusable) {
                if (!unusable.problem().code().equals("program-not-found")) {
                    other.add(unusable.problem());
                }
            }
        }
        other.addAll(withoutPip);
        throw (other.isEmpty() ? missing() : other.get(0)).asException();
    }

    /** A failed run as a problem: the cause where it is a known one, always with the command and its last lines. */
    private static Problem failure(CommandResult result) {
        return known(result, "pip-failed", "pip could not download zig", "Run the command above by hand to see more");
    }

    /** Why a python that is there does not say which pip it has. */
    private static Problem broken(CommandResult result) {
        return known(
                result,
                "python-failed",
                "python3, which downloads the compiler for C++, cannot start pip",
                "Run the command above by hand to see more",
                "sudo apt-get install --reinstall python3 python3-pip");
    }

    private static Problem known(CommandResult result, String code, String summary, String... remedies) {
        return KnownFailures.PIP.find(
                result.out().tail() + "\n" + result.err().tail(),
                result.asProblem(code, summary, remedies),
                Map.of("zig", VERSION));
    }

    /** There is no python at all. */
    private static Problem missing() {
        return Problem.of(
                ExitStatus.STEP_FAILED,
                "python-missing",
                "there is no python3, which downloads the compiler for C++",
                "sudo apt-get install python3-pip");
    }

    private CommandResult run(
            List<String> python, List<String> arguments, Path temporary, Duration deadline, Progress progress) {
        return commands.run(
                Command.of(python)
                        .withArguments(ISOLATED)
                        .withArguments(arguments)
                        .withEnvironment(Map.of("TMPDIR", temporary.toString()))
                        .in(temporary)
                        .within(deadline),
                line -> {
                    if (!line.isBlank()) {
                        progress.line(line);
                    }
                });
    }
}
