package dev.crossarm.runner.life;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static dev.crossarm.runner.life.LifeHost.BOX;
import static dev.crossarm.runner.life.LifeHost.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.JitRequest;
import dev.crossarm.github.RunnerScope;
import dev.crossarm.github.ServedAddress;
import dev.crossarm.host.process.Command;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registering with the stand-ins for the runner's package and for GitHub. */
@Timeout(180)
class RegisterTest {
    private static final String UNIT = "actions.runner.ACME.box.service";

    @TempDir
    Path folder;

    private LifeHost host;

    @BeforeEach
    void start() throws IOException {
        host = new LifeHost(folder);
        host.connects = false;
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private int registrations() {
        return host.state().path("registrations").asInt();
    }

    private int onGitHub() {
        return host.state().path("runners").size();
    }

    private RunnerRecord.Registration registration() {
        return host.record().registration().orElseThrow();
    }

    private static RegisterRequest replacing() {
        return new RegisterRequest(BOX, "box", List.of(), Optional.empty(), false, true, false);
    }

    @Test
    void registers_records_merges_and_starts_in_this_order_with_labels_that_can_be_taken_away() throws IOException {
        host.installed("2.338.1");

        RunnerLife.Registered done = host.register(request("gpu", "GPU", "big"));

        assertThat(done.changed()).isTrue();
        assertThat(registration().id()).isEqualTo(host.github.runner("box"));
        assertThat(registration().address()).isEqualTo(host.address().web());
        assertThat(registration().group()).contains("Default");
        assertThat(registration().unit()).isEqualTo(UNIT);
        assertThat(registration().labels())
                .containsExactly("self-hosted", "Linux", "X64", "crossarm", "x86_64-musl", "gpu", "big");
        assertThat(host.labels())
                .containsExactlyInAnyOrderElementsOf(registration().labels());
        assertThat(host.done).containsExactly("install " + UNIT + " for " + host.account, "merge", "start " + UNIT);
    }

    @Test
    void gives_the_token_to_one_child_in_its_environment_alone() throws IOException {
        host.installed("2.338.1");

        host.register(request());

        List<Command> given = host.commands.stream()
                .filter(command -> command.environment().containsKey("ACTIONS_RUNNER_INPUT_TOKEN"))
                .toList();
        assertThat(given).hasSize(1);
        String token =
                java.util.Objects.requireNonNull(given.get(0).environment().get("ACTIONS_RUNNER_INPUT_TOKEN"));
        assertThat(given.get(0).program()).isEqualTo("config.sh");
        assertThat(given.get(0).secrets()).hasSize(1);
        assertThat(host.commands).noneMatch(command -> command.argv().toString().contains(token));
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).filter(file -> holds(file, token)))
                    .isEmpty();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
    }

    @Test
    void ends_the_environment_file_with_a_new_line_before_the_script_appends_to_it() throws IOException {
        host.installed("2.338.1");
        Path env = Files.writeString(host.root().resolve(".env"), "MINE=1");
        host.owned(env);

        host.register(request());

        assertThat(Files.readString(env)).startsWith("MINE=1\nLANG=");
    }

    @Test
    void does_nothing_when_it_is_registered_already_but_see_to_the_service() throws IOException {
        host.installed("2.338.1");
        host.register(request());
        host.done.clear();

        RunnerLife.Registered again = host.register(request());

        assertThat(again.changed()).isFalse();
        assertThat(registrations()).isEqualTo(1);
        assertThat(host.done).contains("start " + UNIT);
    }

    @Test
    void finishes_what_was_killed_before_the_record_was_written() throws IOException {
        host.installed("2.338.1");
        host.register(request("gpu"));
        long id = registration().id();
        host.records.write(host.record().unregistered());

        RunnerLife.Registered again = host.register(request("gpu"));

        assertThat(again.changed()).isTrue();
        assertThat(registration().id()).isEqualTo(id);
        assertThat(registration().labels()).contains("gpu", "x86_64-musl");
        assertThat(registrations()).isEqualTo(1);
    }

    @Test
    void clears_away_what_was_killed_before_the_runner_wrote_its_files_and_leaves_one_registration()
            throws IOException {
        host.installed("2.338.1");
        host.register(request());
        long lost = registration().id();
        host.records.write(host.record().unregistered());
        Registrar.forget(host.ports(), host.root());
        RegisterReceipt.add(
                host.receipts,
                new RegisterReceipt.Entry(
                        "box", LocalRegistration.plain(host.address().web()), "box"));

        host.register(request());

        assertThat(registration().id()).isNotEqualTo(lost);
        assertThat(onGitHub()).isEqualTo(1);
        assertThat(RegisterReceipt.of(host.receipts, "box")).isEmpty();
    }

    @Test
    void registers_anew_when_github_has_forgotten_the_runner() throws IOException {
        host.installed("2.338.1");
        host.register(request());
        long lost = registration().id();
        host.ports().github().apply(host.address()).runners().delete(lost).orThrow();

        host.register(request());

        assertThat(registration().id()).isNotEqualTo(lost);
        assertThat(host.warnings).anyMatch(line -> line.contains("has deleted the registration"));
    }

    @Test
    void replaces_an_offline_registration_of_its_own_only_when_told_to() throws IOException {
        host.installed("2.338.1");
        host.register(request());
        Registrar.forget(host.ports(), host.root());

        Problem problem = problem(() -> host.register(request()));
        assertThat(problem.code()).isEqualTo("runner-name-taken");
        assertThat(problem.remedies()).first().asString().contains("--replace");
        assertThat(registrations()).isEqualTo(1);

        host.register(replacing());
        assertThat(onGitHub()).isEqualTo(1);
    }

    @Test
    void takes_no_name_from_a_runner_of_somebody_else_whatever_it_is_told() throws IOException {
        host.installed("2.338.1");
        host.register(request());
        host.records.write(host.record().unregistered());
        Registrar.forget(host.ports(), host.root());

        Problem problem = problem(() -> host.register(replacing()));

        assertThat(problem.summary()).contains("not of this machine");
        assertThat(registrations()).isEqualTo(1);
    }

    @Test
    void takes_no_registration_for_its_own_that_a_job_has_written_into_the_folder() throws IOException {
        host.installed("2.338.1");
        host.register(request());
        long own = registration().id();
        long victim = host.ports()
                .github()
                .apply(host.address())
                .runners()
                .jit(new JitRequest("victim", 1, List.of("x86_64-musl"), "_work"))
                .orThrow()
                .runner()
                .id();
        Path local = host.root().resolve(".runner");
        Files.writeString(
                local,
                Files.readString(local)
                        .replaceFirst("(?i)\"agentId\":\\s*\\d+", "\"agentId\": " + victim)
                        .replaceFirst("(?i)\"agentName\":\\s*\"[^\"]*\"", "\"agentName\": \"victim\""));

        Problem problem = problem(() -> host.register(request()));

        assertThat(problem.code()).isEqualTo("runner-of-another");
        assertThat(registration().id()).isEqualTo(own);
        host.records.write(host.record().unregistered());
        assertThat(problem(() -> host.register(request())).code()).isEqualTo("runner-of-another");
        assertThat(host.record().registration()).isEmpty();
    }

    @Test
    void gives_no_token_to_a_script_that_is_not_the_package_s() throws IOException {
        host.installed("2.338.1");
        Path origin = Files.createDirectories(host.ports().home().unpacked("2.338.1"));
        for (String script : List.of("config.sh", "env.sh")) {
            Files.copy(host.root().resolve(script), origin.resolve(script));
        }
        Files.writeString(host.root().resolve("config.sh"), "#!/bin/bash\n");

        Problem problem = problem(() -> host.register(request()));

        assertThat(problem.code()).isEqualTo("runner-changed");
        assertThat(host.state().path("requests").toString()).doesNotContain("registration-token");
    }

    @Test
    void clears_away_a_folder_that_a_job_made_in_a_file_s_place() throws IOException {
        host.installed("2.338.1");
        Files.createDirectories(host.root().resolve(".credentials_migrated/in/it"));

        Registrar.forget(host.ports(), host.root());

        assertThat(host.root().resolve(".credentials_migrated")).doesNotExist();
    }

    @Test
    void refuses_another_address_and_says_where_it_is_registered() throws IOException {
        host.installed("2.338.1");
        host.register(request());

        Problem problem = problem(() -> host.life()
                .register(
                        request(),
                        GitHubAddress.parse(host.github.address() + "/OTHER"),
                        host.said::add,
                        host.warnings::add));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary()).contains(host.address().web());
    }

    @Test
    void refuses_public_repositories_and_groups_that_allow_them_unless_told_otherwise() throws IOException {
        host.installed("2.338.1");
        host.control("settings", "{\"public\": true}");
        GitHubAddress repository = GitHubAddress.parse(host.github.address() + "/acme/tools");

        assertThat(problem(() -> host.register(request())).summary())
                .isEqualTo("the runner group Default allows public repositories");
        Problem open = problem(() -> host.life().register(request(), repository, host.said::add, host.warnings::add));
        assertThat(open.summary()).isEqualTo("the repository acme/tools is public");
        assertThat(open.remedies()).last().asString().contains("--allow-public");
        assertThat(registrations()).isZero();

        host.register(new RegisterRequest(BOX, "box", List.of(), Optional.empty(), false, false, true));
        assertThat(registrations()).isEqualTo(1);
    }

    @Test
    void lists_the_groups_there_are_when_the_one_named_is_none() throws IOException {
        host.installed("2.338.1");

        Problem problem = problem(() -> host.register(
                new RegisterRequest(BOX, "box", List.of(), Optional.of("builders"), false, false, false)));

        assertThat(problem.summary()).isEqualTo("there is no runner group builders");
        assertThat(problem.detail()).isEqualTo("There are: Default");
    }

    @Test
    void says_what_is_installed_when_the_one_named_is_not() throws IOException {
        host.installed("2.338.1");

        Problem problem = problem(() -> host.life().meant(Optional.of("bax"), "crossarm runner register"));

        assertThat(problem.detail()).isEqualTo("There are: box");
        assertThat(host.life().meant(Optional.empty(), "x")).isEqualTo(BOX);
    }

    @Test
    void says_why_the_script_failed_and_the_next_run_converges() throws IOException {
        host.installed("2.338.1");
        host.control("faults", "{\"calls\": \"POST /_standin/register\", \"status\": 404, \"times\": 1}");

        Problem problem = problem(() -> host.register(request()));

        assertThat(problem.code()).isEqualTo("runner-registration-not-found");
        assertThat(host.record().registration()).isEmpty();
        host.register(request());
        assertThat(onGitHub()).isEqualTo(1);
    }

    @Test
    void refuses_versions_that_github_does_not_take_and_warns_of_those_that_end_soon() throws IOException {
        host.installed("2.338.1");
        host.github.knowVersion("2.336.0", "2026-11-05T00:00:00Z");
        host.github.knowVersion("2.337.0", "2026-12-10T00:00:00Z");
        host.clock = () -> Instant.parse("2026-11-30T12:00:00Z");
        GitHubAddress cloud = ServedAddress.cloud(host.github.address(), new RunnerScope.Organization("ACME"));
        RegisterGate gate = new RegisterGate(
                cloud, host.ports().github().apply(cloud), host.ports().patience(), host.clock);

        assertThat(problem(() -> gate.requireVersion(BOX, "2.328.0", host.warnings::add))
                        .summary())
                .contains("2.329.0", "since 2026-09-29");
        assertThat(problem(() -> gate.requireVersion(BOX, "2.336.0", host.warnings::add))
                        .summary())
                .contains("gets no jobs since 2026-11-05");
        gate.requireVersion(BOX, "2.338.1", host.warnings::add);
        assertThat(host.warnings).isEmpty();
        gate.requireVersion(BOX, "2.337.0", host.warnings::add);
        assertThat(host.warnings).hasSize(1);
        assertThat(host.warnings.get(0)).contains("2026-12-10");
    }

    @Test
    void names_the_address_of_a_record_in_a_file_that_it_cannot_understand() throws IOException {
        host.installed("2.338.1");
        Files.writeString(host.root().resolve(".runner"), "\uFEFF{\"agentId\": \"x\"}");
        host.files.give(host.root(), host.account);

        assertThat(problem(() -> host.register(request())).exit()).isEqualTo(ExitStatus.DATA);
    }

    @Test
    void asks_github_for_nothing_where_no_service_could_run() throws IOException {
        host.installed("2.338.1");
        host.systemd = false;

        assertThat(problem(() -> host.register(request())).exit()).isEqualTo(ExitStatus.UNAVAILABLE);

        assertThat(host.state().path("requests")).isEmpty();
    }

    @Test
    void refuses_labels_that_github_or_the_script_would_not_take() {
        assertThat(problem(() -> RunnerLabels.of("aarch64", List.of(), List.of("a b")))
                        .exit())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(problem(() -> RunnerLabels.of("aarch64", List.of(), List.of("x".repeat(257))))
                        .summary())
                .contains("257 characters");
        assertThat(RunnerLabels.of("aarch64", List.of(), List.of()))
                .containsExactly("self-hosted", "Linux", "ARM64", "crossarm");
        assertThat(new RunnerName("box").value()).isEqualTo("box");
    }
}
