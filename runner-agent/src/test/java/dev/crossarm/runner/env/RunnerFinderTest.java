package dev.crossarm.runner.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Stamps;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnerFinderTest {
    private static final String UNIT = "actions.runner.acme-tools.box.service";

    @TempDir
    Path temporary;

    private Path host;
    private RunnerPlaces places;
    private final ScriptedSystemctl systemctl = new ScriptedSystemctl();

    @BeforeEach
    void makeHost() throws IOException {
        host = temporary.toRealPath();
        places = new RunnerPlaces(host.resolve("units"), host.resolve("systemd"), host.resolve("proc"));
        Files.createDirectory(places.unitFiles());
        Files.createDirectory(places.systemd());
    }

    @Test
    void finds_none_on_a_host_without_runners_and_that_is_no_error() {
        assertThat(find().runners()).isEmpty();
        assertThat(find().jobUser()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/Runner.Listener", "config.sh", ".runner"})
    void takes_a_directory_that_was_given_when_it_holds_a_sign_of_a_runner(String sign) throws IOException {
        Path directory = runner("box", sign);

        assertThat(find(directory.toString()).runners())
                .containsExactly(
                        new RunnerInstance(directory, Files.getOwner(directory).getName(), Optional.empty()));
    }

    @Test
    void refuses_a_directory_that_was_given_and_is_no_runners() throws IOException {
        Path directory = Files.createDirectory(host.resolve("empty"));

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> find(directory.toString()))
                .satisfies(e -> {
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.CONFIGURATION);
                    assertThat(e.problem().summary()).contains(directory.toString());
                    assertThat(e.problem().detail()).contains("bin/Runner.Listener", "config.sh", ".runner");
                });
        assertThatExceptionOfType(CrossarmException.class).isThrownBy(() -> find("/nowhere/at/all"));
    }

    @Test
    void takes_what_matches_a_pattern_and_is_a_runner() throws IOException {
        Path first = runner("fleet/a/runner-1", "config.sh");
        Path second = runner("fleet/b/runner-2", "config.sh");
        Files.createDirectories(host.resolve("fleet/b/runner-3"));
        Files.createFile(host.resolve("fleet/b/runner-4"));

        assertThat(find(host + "/fleet/*/runner-[0-9]").runners())
                .extracting(RunnerInstance::directory)
                .containsExactly(first, second);
    }

    @Test
    void leaves_out_a_match_whose_name_would_write_to_the_terminal() throws IOException {
        Path plain = runner("fleet/plain", "config.sh");
        runner("fleet/\u001B]0;title\u0007\nline", "config.sh");

        FoundRunners found = find(host + "/fleet/*");

        assertThat(found.runners()).extracting(RunnerInstance::directory).containsExactly(plain);
        assertThat(found.notes())
                .containsExactly(
                        host + "/fleet/?]0;title??line is left out: its name has characters that cannot be printed");
    }

    @Test
    void is_led_by_the_link_of_an_account_to_a_folder_of_that_account_only() throws IOException {
        Path home = OtherAccount.folder(host.resolve("home"));
        Path link = OtherAccount.own(Files.createSymbolicLink(home.resolve("runner"), runner("roots", "config.sh")));

        for (String given : List.of(link.toString(), home + "/r*")) {
            assertThatExceptionOfType(CrossarmException.class)
                    .isThrownBy(() -> find(given))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("link-elsewhere"));
        }

        Path theirs = OtherAccount.folder(host.resolve("disk"));
        OtherAccount.file(theirs.resolve("config.sh"), "");
        Files.delete(link);
        OtherAccount.own(Files.createSymbolicLink(link, theirs));
        assertThat(find(link.toString()).runners())
                .extracting(RunnerInstance::directory)
                .containsExactly(theirs);
    }

    @Test
    void says_so_when_a_pattern_matches_no_runner() {
        FoundRunners found = find(host + "/none/*");

        assertThat(found.runners()).isEmpty();
        assertThat(found.notes()).containsExactly("no runner matches " + host + "/none/*");
    }

    @Test
    void refuses_a_pattern_that_is_none() throws IOException {
        Files.createDirectory(host.resolve("fleet"));

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> find(host + "/fleet/[a"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-runner-pattern"));
    }

    @Test
    void asks_a_running_systemd_for_the_units_of_runners() throws IOException {
        Path directory = runner("box", ".runner");
        systemctl.unit(UNIT, "!" + directory, "ci", "active").unit("ssh.service", "/", "", "active");

        FoundRunners found = find();

        assertThat(found.runners())
                .containsExactly(new RunnerInstance(
                        directory,
                        Files.getOwner(directory).getName(),
                        Optional.of(new RunnerUnit(UNIT, directory, Optional.of("ci"), "active"))));
        assertThat(found.jobUser()).contains("ci");
    }

    @Test
    void reads_unit_files_where_systemd_does_not_run() throws IOException {
        Files.delete(places.systemd());
        Path directory = runner("box", ".runner");
        unitFile(
                UNIT,
                "[Unit]\nDescription=x\nUser=nobody\n\n[Service]\nUser=ci\nWorkingDirectory=" + directory
                        + "\nExecStart=" + directory + "/runsvc.sh\n[Install]\nWantedBy=multi-user.target\n");

        FoundRunners found = find();

        assertThat(found.runners()).hasSize(1);
        assertThat(found.runners().get(0).unit())
                .contains(new RunnerUnit(UNIT, directory, Optional.of("ci"), RunnerUnit.NOT_LOADED));
        assertThat(found.runners().get(0).unit().orElseThrow().running()).isFalse();
        assertThat(systemctl.ran).isEmpty();
    }

    @Test
    void takes_systemds_word_over_the_file_and_keeps_files_it_has_not_loaded() throws IOException {
        Path loaded = runner("a", ".runner");
        Path stopped = runner("b", ".runner");
        unitFile(UNIT, "[Service]\nWorkingDirectory=/old\n");
        unitFile("actions.runner.acme.other.service", "[Service]\nWorkingDirectory=" + stopped + "\n");
        systemctl.unit(UNIT, loaded.toString(), "", "active");

        FoundRunners found = find();

        assertThat(found.runners()).extracting(RunnerInstance::directory).containsExactly(loaded, stopped);
        assertThat(found.runners()).extracting(RunnerInstance::user).containsExactly("root", "root");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void counts_a_directory_once_whatever_ways_lead_to_it() throws IOException {
        Path directory = runner("box", ".runner");
        Path link = Files.createSymbolicLink(host.resolve("link"), directory);
        systemctl
                .unit("actions.runner.old.service", link.toString(), "old", "failed")
                .unit(UNIT, directory.toString(), "ci", "active")
                .unit("actions.runner.zzz.service", directory.toString(), "zzz", "inactive");

        FoundRunners found = find(link.toString(), directory + "/", host + "/b*");

        assertThat(found.runners()).hasSize(1);
        assertThat(found.runners().get(0).directory()).isEqualTo(directory);
        assertThat(found.runners().get(0).unit().orElseThrow().name()).isEqualTo(UNIT);
    }

    @Test
    void notes_a_unit_whose_directory_is_gone_and_ignores_a_masked_one() throws IOException {
        Files.createSymbolicLink(places.unitFiles().resolve("actions.runner.masked.service"), Path.of("/dev/null"));
        systemctl.unit(UNIT, host + "/gone", "ci", "failed");

        FoundRunners found = find();

        assertThat(found.runners()).isEmpty();
        assertThat(found.notes())
                .containsExactly(UNIT + " points at " + host + "/gone, which is not a runner's directory");
    }

    @Test
    void fails_when_systemd_runs_and_does_not_answer() {
        systemctl.failAt("list-units");

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(this::find)
                .satisfies(e -> assertThat(e.problem().detail()).contains("systemctl list-units", "Failed: scripted"));
    }

    @Test
    void names_the_directory_of_a_unit_as_the_unit_does() throws IOException {
        Path first = runner("runner-1", "config.sh");
        Path second = runner("runner-2", "config.sh");
        Path link = Files.createSymbolicLink(host.resolve("runner"), first);
        systemctl.unit(UNIT, link.toString(), "ci", "active");
        Stamps before = stamps();
        assertThat(before.stillHold()).isTrue();

        Files.delete(link);
        Files.createSymbolicLink(link, second);

        assertThat(before.stillHold()).isFalse();
    }

    @Test
    void sees_that_a_directory_becomes_a_runners() throws IOException {
        Path directory = Files.createDirectory(host.resolve("box"));
        systemctl.unit(UNIT, directory.toString(), "ci", "inactive");
        Stamps ofUnit = stamps();
        Stamps ofPattern = stamps(host + "/fleet/*/box");

        Files.createFile(directory.resolve(".runner"));
        runner("fleet/a/box", ".runner");

        assertThat(ofUnit.stillHold()).isFalse();
        assertThat(ofPattern.stillHold()).isFalse();
    }

    @Test
    void sees_a_new_unit_file_and_what_overrides_one() throws IOException {
        Stamps none = stamps();
        unitFile(UNIT, "[Service]\nWorkingDirectory=/srv\n");
        assertThat(none.stillHold()).isFalse();

        Path overriding = Files.createDirectory(places.unitFiles().resolve(UNIT + ".d"));
        Path file = Files.writeString(overriding.resolve("user.conf"), "[Service]\nUser=a\n");
        Stamps one = stamps();
        Files.writeString(file, "[Service]\nUser=b\n");
        assertThat(one.stillHold()).isFalse();
    }

    @Test
    void names_what_systemd_read_and_nothing_while_it_has_to_read_again() throws IOException {
        Path fragment = Files.createFile(host.resolve("elsewhere.service"));
        systemctl.unit(UNIT, "/nowhere", "ci", "active").property(UNIT, "FragmentPath", fragment.toString());
        Stamps before = stamps();
        Files.writeString(fragment, "[Service]\n");
        assertThat(before.stillHold()).isFalse();

        systemctl.property(UNIT, "NeedDaemonReload", "yes");
        assertThat(Stamps.of(finder().findWithInputs().inputs())).isEmpty();
    }

    @Test
    void refuses_to_choose_between_the_accounts_of_two_runners() {
        FoundRunners found = new FoundRunners(
                List.of(
                        new RunnerInstance(Path.of("/srv/a"), "ci", Optional.empty()),
                        new RunnerInstance(Path.of("/srv/b"), "bob", Optional.empty())),
                List.of(),
                List.of());

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(found::jobUser)
                .satisfies(e -> {
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.CONFIGURATION);
                    assertThat(e.problem().summary()).contains("run as bob and ci");
                    assertThat(e.problem().detail()).contains("/srv/b runs as bob");
                    assertThat(e.problem().remedies().get(0)).endsWith("sudo crossarm provision --user bob");
                });
    }

    private Stamps stamps(String... given) {
        return Stamps.of(finder(given).findWithInputs().inputs()).orElseThrow();
    }

    private RunnerFinder finder(String... given) {
        return new RunnerFinder(
                List.of(given),
                new ReceiptStore(new DurableFiles(Checkpoint.NONE), temporary.resolve("receipts")),
                systemctl,
                places);
    }

    private FoundRunners find(String... given) {
        return finder(given).find();
    }

    private Path runner(String name, String sign) throws IOException {
        Path directory = host.resolve(name);
        Path file = directory.resolve(sign);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return directory;
    }

    private void unitFile(String name, String content) throws IOException {
        Files.writeString(places.unitFiles().resolve(name), content);
    }
}
