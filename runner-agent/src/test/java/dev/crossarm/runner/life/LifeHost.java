package dev.crossarm.runner.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Patience;
import dev.crossarm.github.RequestPace;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.standin.GitHubStandIn;
import dev.crossarm.text.SecretRegister;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A machine with installed runners, which are stand-ins, and a GitHub, which is one too. Processes, files and sockets are real. */
final class LifeHost implements AutoCloseable {
    static final String TOKEN = "github_pat_11ABCDEFG0_" + "a1B2".repeat(15);
    static final RunnerName BOX = new RunnerName("box");
    private static final ObjectMapper JSON = new ObjectMapper();

    final GitHubStandIn github;
    final Path folder;
    final RunnerHome home;
    final DurableFiles files = new DurableFiles(Checkpoint.NONE);
    final RunnerRecords records;
    final ReceiptStore receipts;
    final List<Command> commands = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final SecretRegister secrets = new SecretRegister();
    final String account;
    final Services services = new Services();
    final Truth truth = new Truth();
    InstantSource clock = InstantSource.system();
    boolean credential = true;
    boolean connects = true;
    boolean systemd = true;
    List<String> proven = List.of("x86_64-unknown-linux-musl");
    private final List<Process> listeners = new ArrayList<>();

    LifeHost(Path temporary) throws IOException {
        // The account of the jobs has to pass.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = temporary;
        github = new GitHubStandIn(0, Duration.ofSeconds(60), Duration.ofMillis(500));
        github.acceptToken(TOKEN);
        github.knowVersion("2.338.1", "");
        home = new RunnerHome(folder.resolve("state/runners"));
        records = new RunnerRecords(files, home);
        receipts = new ReceiptStore(files, folder.resolve("state/receipts"));
        account = TestSurroundings.real().root()
                ? "daemon"
                : TestSurroundings.real().user();
    }

    GitHubAddress address() {
        return GitHubAddress.parse(github.address() + "/ACME");
    }

    Path root() {
        return home.of(BOX);
    }

    /** An installed runner that is not registered. */
    LifeHost installed(String version) throws IOException {
        Files.createDirectories(home.folder());
        run(
                folder,
                Path.of("../lab/stand-in-runner/make-package").toAbsolutePath().toString(),
                "--arch",
                "x64",
                "--root",
                root().toString(),
                version);
        if (!FileState.owner(folder).equals(account)) {
            files.give(root(), account);
        }
        records.write(RunnerRecord.installed(BOX, account, false, version, false));
        return this;
    }

    /** Gives a file to the account of the jobs. */
    void owned(Path file) throws IOException {
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
    }

    private static void run(Path where, String... words) {
        assertThat(new ProcessCommandRunner(TestSurroundings.real())
                        .run(Command.of(words).in(where))
                        .exit())
                .isZero();
    }

    LifePorts ports() {
        CommandRunner real = new ProcessCommandRunner(TestSurroundings.real(), secrets);
        CommandRunner seen = new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                commands.add(command);
                return real.run(command, lines);
            }
        };
        RequestPace pace = new RequestPace(clock, new Random(1), Duration.ZERO);
        return new LifePorts(
                home,
                records,
                files,
                receipts,
                seen,
                this::access,
                new Patience(pause -> {}, pace),
                services,
                truth,
                new Sections(),
                name -> done.add("delete account " + name),
                clock,
                pause -> Thread.sleep(Math.min(50, pause.toMillis())),
                "x86_64",
                () -> proven,
                () -> new FoundRunners(List.of(), List.of(), List.of()));
    }

    private GitHubAccess access(GitHubAddress address) {
        if (!credential) {
            throw Problem.of(ExitStatus.CONFIGURATION, "github-credential-missing", "none is set")
                    .asException();
        }
        try {
            Path token = folder.resolve("token");
            if (!Files.exists(token)) {
                Files.createFile(
                        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(token, TOKEN);
            }
            RequestPace pace = new RequestPace(clock, new Random(1), Duration.ZERO);
            return new GitHubAccess(
                    address,
                    new CredentialSource.TokenFile(token),
                    Map.of(),
                    (command, lines) -> {
                        throw new AssertionError("no helper is set");
                    },
                    clock,
                    pace,
                    secrets);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    RunnerLife life() {
        return new RunnerLife(
                ports(), new DrainState.Times(Duration.ofMillis(600), Duration.ofSeconds(6)), Duration.ofMillis(50));
    }

    RunnerLife.Registered register(RegisterRequest request) {
        return life().register(request, address(), said::add, warnings::add);
    }

    static RegisterRequest request(String... labels) {
        return new RegisterRequest(BOX, "box", List.of(labels), Optional.empty(), false, false, false);
    }

    RunnerRecord record() {
        return records.of(BOX).orElseThrow();
    }

    /** Orders what the server does, by its own control. */
    void control(String path, String json) {
        try {
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(github.address() + "/_standin/" + path))
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isBetween(200, 299);
        } catch (IOException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    JsonNode state() {
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(github.address() + "/_standin/state"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    List<String> labels() {
        List<String> labels = new ArrayList<>();
        state().path("runners")
                .path(0)
                .path("labels")
                .forEach(one -> labels.add(one.path("name").asText()));
        return labels;
    }

    static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plusSeconds(60);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as("it never came to that").isBefore(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
    }

    private final class Sections implements EnvironmentSections {
        @Override
        public void merge(Path runner, Consumer<String> told) {
            done.add("merge");
        }

        @Override
        public void forget(Path runner) {
            done.add("forget");
        }
    }

    /** Services without systemd: started, a service is a listener. */
    final class Services implements LifeServices {
        @Override
        public void require() {
            if (!systemd) {
                throw Problem.of(ExitStatus.UNAVAILABLE, "no-systemd", "there is no systemd")
                        .asException();
            }
        }

        @Override
        public String unit(GitHubAddress address, String nameOnGitHub) {
            return "actions.runner.ACME." + nameOnGitHub + ".service";
        }

        @Override
        public void install(RunnerName name, String unit, String owner, Path runner) {
            done.add("install " + unit + " for " + owner);
        }

        @Override
        public void start(String unit, Path runner) {
            done.add("start " + unit);
            if (!connects || truth.listens(runner)) {
                return;
            }
            List<String> words = new ArrayList<>();
            if (TestSurroundings.real().root()) {
                words.addAll(List.of("setpriv", "--reuid", account, "--regid", account, "--clear-groups"));
            }
            words.addAll(List.of(runner.resolve("bin/Runner.Listener").toString(), "run"));
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.directory(runner.toFile());
            builder.environment().put("STANDIN_GAP_MS", "5");
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            try {
                listeners.add(builder.start());
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }

        @Override
        public void stop(String unit, Path runner, Consumer<String> told) {
            done.add("stop " + unit);
        }

        @Override
        public void remove(String unit, Path runner, Consumer<String> told) {
            done.add("remove " + unit);
        }

        @Override
        public Optional<String> state(String unit, Path runner) {
            return Optional.of(truth.listens(runner) ? "active" : "inactive");
        }
    }

    /** By the processes there are. */
    final class Truth implements LocalTruth {
        @Override
        public boolean busy(Path runner) {
            return runs(runner, "bin/Runner.Worker");
        }

        @Override
        public boolean listens(Path runner) {
            return runs(runner, "bin/Runner.Listener");
        }

        private boolean runs(Path runner, String program) {
            String path = runner.resolve(program).toString();
            return ProcessHandle.allProcesses()
                    .anyMatch(process ->
                            process.isAlive() && cmdline(process.pid()).contains(path));
        }

        private String cmdline(long pid) {
            try {
                return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
            } catch (IOException ended) {
                return "";
            }
        }

        @Override
        public boolean end(Path runner) {
            done.add("end listener");
            listeners.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
            listeners.forEach(Process::destroyForcibly);
            until(() -> !listens(runner));
            return true;
        }
    }

    @Override
    public void close() {
        listeners.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        listeners.forEach(Process::destroyForcibly);
        github.close();
    }
}
