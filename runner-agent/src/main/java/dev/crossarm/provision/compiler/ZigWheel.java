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
     * @throws CrossarmException when pip is missing, no index offers it or can be reached, or the digest is wrong
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

    /** The first that has pip. */
    private List<String> python() {
        CrossarmException first = null;
        for (String python : pythons) {
            try {
                CommandResult pip = commands.run(
                        Command.of(python, "-I", "-m", "pip", "--version").within(Duration.ofSeconds(60)));
                if (pip.succeeded()) {
                    return List.of(python);
                }
                first = first == null ? failure(pip).asException() : first;
            } catch (CrossarmException absent) {
                first = first == null ? missing(absent.problem().summary()).asException() : first;
            }
        }
        throw first == null ? missing("").asException() : first;
    }

    /** A failed run as a problem: the cause where it is a known one, always with the command and its last lines. */
    private static Problem failure(CommandResult result) {
        Problem plain = result.asProblem(
                "pip-failed", "pip could not download zig", "Run the command above by hand to see" + " more");
        return KnownFailures.PIP.find(result.out().tail() + "\n" + result.err().tail(), plain, Map.of("zig", VERSION));
    }

    /** There is no python at all. */
    private static Problem missing(String detail) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "pip-missing",
                        "there is no python3 with pip, which downloads the compiler for C++",
                        "sudo apt-get install python3-pip")
                .withDetail(detail);
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
