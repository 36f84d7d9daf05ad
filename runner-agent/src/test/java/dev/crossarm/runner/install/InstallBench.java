package dev.crossarm.runner.install;

import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.Downloader;
import dev.crossarm.download.TestTar;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.provision.RealCommands;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.target.Distribution;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A host in a folder: real files, real {@code cp}, {@code chown} and {@code sync}, the account {@code daemon} for jobs, and a server
 * that has the releases. Packages of the distribution and the dynamic linker are scripted.
 */
final class InstallBench implements AutoCloseable {
    static final String NEW_ACCOUNT = "crossarm-test-none";
    static final String MACHINE = "aarch64";
    static final String OLD = "2.337.0";
    static final String NEW = "2.338.1";
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    final RunnerHome home;
    final List<String> said = new ArrayList<>();
    final List<String> ran = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final Map<String, byte[]> packages = new HashMap<>();
    final Map<String, Function<Command, CommandResult>> scripted = new HashMap<>();
    Checkpoint checkpoint = at -> {};
    String latest = NEW;

    /** What happens while an update waits for a job. */
    Runnable whileWaiting = () -> {};

    Function<String, String> notes = InstallBench::notes;
    String installed = "libicu76 libssl3t64 libgssapi-krb5-2 libkrb5-3 zlib1g libstdc++6 libatomic1";
    Optional<String> account = Optional.of(OtherAccount.NAME);
    private final Path root;
    private final MockWebServer server = new MockWebServer();

    InstallBench(Path root) throws IOException {
        this.root = root;
        this.home = new RunnerHome(root.resolve("var/lib/crossarm/runners"));
        for (Path at = root; at.startsWith("/tmp/") && at.getNameCount() > 1; ) {
            Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
            at = Objects.requireNonNull(at.getParent());
        }
        packages.put(OLD, packageOf(OLD).bytes());
        packages.put(NEW, packageOf(NEW).bytes());
        scripted.put(
                "ldconfig", command -> CommandResult.of(command, 0, "\tlibicuuc.so.76 -> x\n\tlibssl.so.3 -> x\n", ""));
        scripted.put("sudo", command -> CommandResult.of(command, 1, "User is not allowed to run sudo on x.\n", ""));
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(String.valueOf(request.getUrl().encodedPath()));
            }
        });
        server.start();
    }

    /** What GitHub's package has, in small. */
    static TestTar packageOf(String version) {
        return new TestTar()
                .folder("./bin")
                .file("./bin/Runner.Listener", 0755, "#!/bin/sh\necho " + version + "\n")
                .file("./bin/Runner.Worker", 0755, "#!/bin/sh\n")
                .file(
                        "./bin/Runner.Listener.deps.json",
                        0644,
                        "{\"libraries\":{\"Runner.Listener/" + version + "\":{\"type\":\"project\"}}}")
                .folder("./externals")
                .file("./externals/node24/bin/node", 0755, "#!/bin/sh\n")
                .file("./externals/node24/lib/npm-cli.js", 0644, version)
                .link("./externals/node24/bin/npm", "../lib/npm-cli.js")
                .file("./config.sh", 0755, "#!/bin/sh\necho " + version + "\n")
                .file("./run.sh", 0755, "#!/bin/sh\necho " + version + "\n")
                .file("./safe_sleep.sh", 0755, "#!/bin/sh\n");
    }

    private MockResponse answer(String path) {
        asked.add(path);
        MockResponse.Builder missing = new MockResponse.Builder().code(404);
        if (path.startsWith("/releases/")) {
            String version = path.endsWith("latest") ? latest : path.substring(path.lastIndexOf('v') + 1);
            return packages.containsKey(version)
                    ? new MockResponse.Builder().body(release(version)).build()
                    : missing.build();
        }
        String version = path.replaceFirst(".*-", "").replace(".tar.gz", "");
        byte[] file = packages.get(version);
        return file == null
                ? missing.build()
                : new MockResponse.Builder()
                        .addHeader("ETag", "\"" + version + "\"")
                        .body(new Buffer().write(file))
                        .build();
    }

    private String release(String version) {
        String file = "actions-runner-linux-arm64-" + version + ".tar.gz";
        String digest = Sha256.of(Objects.requireNonNull(packages.get(version))).hex();
        return "{\"tag_name\":\"v" + version + "\",\"body\":\""
                + notes.apply(digest)
                + "\",\"assets\":[{\"name\":\"other.zip\",\"browser_download_url\":\"https://x/y\"},"
                + "{\"name\":\"" + file + "\",\"browser_download_url\":\"" + server.url("/files/" + file) + "\"}]}";
    }

    static String notes(String digest) {
        return "## What's Changed\\n- linux-x64 <!-- BEGIN SHA linux-x64 -->" + "0".repeat(64)
                + "<!-- END SHA linux-x64 -->\\n- linux-arm64 <!-- BEGIN SHA linux-arm64 -->" + digest
                + "<!-- END SHA linux-arm64 -->\\n";
    }

    private CommandRunner commands() {
        CommandRunner real = RealCommands.create();
        return new CheckpointedCommands(
                new CommandRunner() {
                    @Override
                    public CommandResult run(Command command, Consumer<String> lines) {
                        ran.add(command.shown());
                        Function<Command, CommandResult> script = scripted.get(command.program());
                        return script == null ? real.run(command, lines) : script.apply(command);
                    }
                },
                checkpoint);
    }

    private PackageStore store(DurableFiles files, CommandRunner commands) {
        DownloadLimits limits = new DownloadLimits(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20), 2, 100_000_000);
        Downloader downloader = new Downloader(Map.of(), files, NOON, pause -> {}, new Random(1), limits);
        PackageSource source = PackageSource.of(
                Optional.empty(),
                downloader,
                Optional.of(server.url("/releases").uri()),
                MACHINE);
        return new PackageStore(home, files, downloader, commands, source, MACHINE);
    }

    private RunnerLibraries libraries(DurableFiles files, CommandRunner commands) {
        try {
            Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
            StringBuilder status = new StringBuilder();
            for (String name : installed.split(" ")) {
                status.append("Package: ")
                        .append(name)
                        .append("\nStatus: install ok installed\nArchitecture: arm64\n\n");
            }
            Files.writeString(root.resolve("var/lib/dpkg/status"), status);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        HostFacts facts = new HostFacts("debian", "13", "Debian 13", MACHINE, "6.12", 1L << 32, 2);
        Surroundings surroundings = new Surroundings(Map.of(), "root", true, Path.of("/root"), Path.of("/"), false, 80);
        PackageInstaller installer = PackageInstaller.of(
                root,
                facts,
                surroundings,
                commands,
                new ReceiptStore(files, root.resolve("receipts")),
                NOON,
                pause -> {},
                Duration.ofSeconds(1));
        return new RunnerLibraries(Distribution.require(facts), installer, commands, MACHINE);
    }

    RunnerInstallation installation() {
        DurableFiles files = files();
        CommandRunner commands = commands();
        return new RunnerInstallation(
                home,
                files,
                commands,
                store(files, commands),
                libraries(files, commands),
                new RunnerInstallation.Usual("arm-1.example", () -> account, NEW_ACCOUNT));
    }

    RunnerUpdate update(RunnerService service) {
        DurableFiles files = files();
        CommandRunner commands = commands();
        return new RunnerUpdate(
                home,
                files,
                commands,
                store(files, commands),
                libraries(files, commands),
                service,
                pause -> whileWaiting.run());
    }

    private DurableFiles files() {
        return new DurableFiles(at -> checkpoint.reached(at));
    }

    RunnerRecords records() {
        return new RunnerRecords(new DurableFiles(Checkpoint.NONE), home);
    }

    RunnerInstallation.Installed install(String... version) {
        return installNamed(Optional.empty(), version);
    }

    RunnerInstallation.Installed installNamed(Optional<RunnerName> name, String... version) {
        RunnerInstallation installation = installation();
        return installation.carryOut(
                installation.plan(name, Stream.of(version).findFirst().map(RunnerVersion::parse), Optional.empty()),
                progress());
    }

    InstallProgress progress() {
        return new InstallProgress() {
            @Override
            public void step(String text) {
                said.add(text);
            }

            @Override
            public void line(String text) {}

            @Override
            public void waiting(String reason) {
                said.add(reason);
            }
        };
    }

    Path runner() {
        return home.folder().resolve("arm-1");
    }

    /** Everything below the runners' folder: kind, owner, mode, content. */
    Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        if (!Files.exists(home.folder())) {
            return tree;
        }
        try (Stream<Path> all = Files.walk(home.folder())) {
            for (Path path : all.toList()) {
                String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                                + (Files.isDirectory(path) ? "" : " " + Files.readString(path));
                tree.put(home.folder().relativize(path).toString(), owner + " " + what);
            }
        }
        return tree;
    }

    @Override
    public void close() {
        server.close();
    }
}
