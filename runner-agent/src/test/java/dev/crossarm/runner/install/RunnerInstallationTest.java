package dev.crossarm.runner.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.download.TestTar;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Installing a runner, with real copies and real owners; root only. */
@Timeout(120)
class RunnerInstallationTest {
    @TempDir
    Path folder;

    private InstallBench bench;

    @BeforeEach
    void host() throws IOException {
        bench = new InstallBench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(CrossarmException.class, call).problem();
    }

    private static String owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
    }

    @Test
    void installs_the_newest_runner_for_the_account_of_the_jobs() throws IOException {
        RunnerInstallation.Installed done = bench.install();

        Path runner = bench.runner();
        assertThat(done.changed()).isTrue();
        assertThat(done.record())
                .isEqualTo(RunnerRecord.installed(
                        new RunnerName("arm-1"), OtherAccount.NAME, false, InstallBench.NEW, false));
        assertThat(bench.records().all()).containsExactly(done.record());
        assertThat(owner(runner)).isEqualTo(OtherAccount.NAME);
        assertThat(owner(runner.resolve("config.sh"))).isEqualTo(OtherAccount.NAME);
        assertThat(runner.resolve("externals/node24/bin/npm")).hasContent(InstallBench.NEW);
        assertThat(bench.asked).containsExactly("/releases/latest", "/files/actions-runner-linux-arm64-2.338.1.tar.gz");
        assertThat(bench.home.packages()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void gives_away_no_file_that_several_runners_share() throws IOException {
        bench.install();
        bench.installNamed(Optional.of(new RunnerName("arm-2")));

        Path listener = bench.runner().resolve("bin/Runner.Listener");
        assertThat(Files.getAttribute(listener, "unix:ino"))
                .isEqualTo(Files.getAttribute(bench.home.folder().resolve("arm-2/bin/Runner.Listener"), "unix:ino"))
                .isEqualTo(Files.getAttribute(
                        bench.home.unpacked(InstallBench.NEW).resolve("bin/Runner.Listener"), "unix:ino"));
        assertThat(owner(listener)).isEqualTo("root");
        assertThat(Files.isDirectory(bench.runner().resolve("bin"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(owner(bench.runner().resolve("bin"))).isEqualTo("root");
        assertThat(Files.getAttribute(bench.runner().resolve("run.sh"), "unix:ino"))
                .isNotEqualTo(
                        Files.getAttribute(bench.home.unpacked(InstallBench.NEW).resolve("run.sh"), "unix:ino"));
        assertThat(bench.asked).hasSize(3); // the second one needs no second download
    }

    @Test
    void does_nothing_when_the_runner_is_there_and_asks_no_network() throws IOException {
        bench.install();
        bench.asked.clear();
        var before = bench.tree();

        RunnerInstallation.Installed again = bench.install();

        assertThat(again.changed()).isFalse();
        assertThat(bench.tree()).isEqualTo(before);
        assertThat(bench.asked).isEmpty();
    }

    @Test
    void names_the_command_when_another_version_is_there() {
        bench.install(InstallBench.OLD);

        Problem problem = problem(() -> bench.install(InstallBench.NEW));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.remedies()).contains("sudo crossarm runner update --runner-version 2.338.1 arm-1");
        assertThat(bench.records().all().get(0).pinned()).isTrue();
    }

    @Test
    void refuses_a_version_that_github_registers_no_more_and_says_since_when() {
        Problem problem = problem(() -> bench.install("2.328.9"));

        assertThat(problem.summary()).contains("2.328.9", "2026-09-29", "2.329.0");
        assertThat(bench.asked).isEmpty();
    }

    @Test
    void says_when_there_is_no_such_release() {
        assertThat(problem(() -> bench.install("2.999.0")).code()).isEqualTo("runner-not-released");
    }

    @Test
    void never_downloads_a_package_whose_digest_is_not_told() {
        bench.notes = digest -> "no digest here, and one of another: <!-- BEGIN SHA linux-x64 -->" + digest
                + "<!-- END SHA linux-x64 -->";

        Problem problem = problem(bench::install);

        assertThat(problem.code()).isEqualTo("runner-without-digest");
        assertThat(bench.asked).containsExactly("/releases/latest");
        assertThat(bench.home.packages()).doesNotExist();
    }

    @Test
    void installs_nothing_with_a_wrong_digest() {
        bench.notes = digest -> InstallBench.notes("f".repeat(64));

        assertThat(problem(bench::install).code()).isEqualTo("wrong-digest");
        assertThat(bench.home.unpacked(InstallBench.NEW)).doesNotExist();
        assertThat(bench.runner()).doesNotExist();
        assertThat(bench.records().all()).isEmpty();
    }

    @Test
    void refuses_what_is_no_runner_and_a_runner_of_another_version() {
        bench.packages.put(
                InstallBench.NEW, new TestTar().file("hello", 0644, "x").bytes());
        assertThat(problem(bench::install).code()).isEqualTo("not-a-runner");

        bench.packages.put(InstallBench.NEW, InstallBench.packageOf("2.338.0").bytes());
        assertThat(problem(bench::install).code()).isEqualTo("another-version");
        assertThat(bench.home.unpacked(InstallBench.NEW)).doesNotExist();
    }

    @Test
    void refuses_a_package_for_another_machine() {
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[18] = 62;
        bench.packages.put(
                InstallBench.NEW,
                new TestTar()
                        .file("bin/Runner.Listener", 0755, elf)
                        .folder("externals")
                        .file("config.sh", 0755, "")
                        .file("run.sh", 0755, "")
                        .bytes());

        Problem problem = problem(bench::install);

        assertThat(problem.code()).isEqualTo("not-a-runner");
        assertThat(problem.detail()).contains("x86_64").contains("aarch64");
    }

    @Test
    void takes_a_package_that_the_user_brings_and_no_network() throws IOException {
        byte[] content = InstallBench.packageOf("2.340.0").bytes();
        Path file = Files.write(folder.resolve("mine.tar.gz"), content);

        RunnerInstallation.Installed done = bring(file, Sha256.of(content));

        assertThat(done.record().version()).isEqualTo("2.340.0");
        assertThat(bench.asked).isEmpty();
        assertThat(file).exists();
        assertThat(bench.home.packages()).isDirectoryNotContaining("glob:**/.*");
    }

    private RunnerInstallation.Installed bring(Path file, Sha256 digest) {
        RunnerInstallation installation = bench.installation();
        return installation.carryOut(
                installation.plan(Optional.empty(), Optional.empty(), Optional.of(new LocalPackage(file, digest))),
                bench.progress());
    }

    @Test
    void refuses_a_package_of_the_user_s_with_another_digest_or_none_there() throws IOException {
        Path file = Files.write(
                folder.resolve("mine.tar.gz"), InstallBench.packageOf("2.340.0").bytes());

        assertThat(problem(() -> bring(file, Sha256.of(new byte[0]))).code()).isEqualTo("wrong-digest");
        assertThat(problem(() -> bring(folder.resolve("none"), Sha256.of(new byte[0])))
                        .code())
                .isEqualTo("package-missing");
        assertThat(bench.home.packages()).isEmptyDirectory();
    }

    @Test
    void refuses_a_name_that_differs_by_case_alone_and_a_folder_that_is_registered() throws IOException {
        bench.install();
        assertThat(problem(() -> bench.installNamed(Optional.of(new RunnerName("ARM-1"))))
                        .code())
                .isEqualTo("runner-name-taken");

        bench.records().delete(new RunnerName("arm-1"));
        Files.writeString(bench.runner().resolve(".runner"), "{}");
        assertThat(problem(bench::install).code()).isEqualTo("runner-without-record");
        assertThat(bench.runner().resolve(".runner")).exists();
    }

    @Test
    void proves_that_the_libraries_are_found_and_says_which_are_not() {
        bench.scripted.put(
                "ldconfig", command -> CommandResult.of(command, 0, "\tlibssl.so.3 -> libssl.so.3.0.17\n", ""));

        Problem problem = problem(bench::install);

        assertThat(problem.code()).isEqualTo("runner-libraries-missing");
        assertThat(problem.detail()).contains("libicuuc");
        assertThat(problem.remedies().get(0)).contains("apt-get install", "libicu76", "libssl3t64");
        assertThat(bench.runner()).doesNotExist();
    }

    @Test
    void looks_at_programs_as_the_account_of_the_jobs() {
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[18] = (byte) 183;
        bench.packages.put(
                InstallBench.NEW,
                InstallBench.packageOf(InstallBench.NEW)
                        .file("./bin/libcoreclr.so", 0755, elf)
                        .bytes());
        bench.scripted.put("ldd", command -> {
            assertThat(command.user()).contains(OtherAccount.NAME);
            return CommandResult.of(command, 0, "\tliblost.so.1 => not found\n", "");
        });

        Problem problem = problem(bench::install);

        assertThat(problem.detail()).isEqualTo("libcoreclr.so: liblost.so.1 => not found");
    }

    @Test
    void installs_missing_packages_and_the_newest_icu_where_the_usual_one_is_unknown() {
        bench.installed = "libssl3t64 libgssapi-krb5-2 libkrb5-3 zlib1g libstdc++6";
        bench.scripted.put(
                "apt-cache", command -> CommandResult.of(command, 0, "libicu9\nlibicu-dev\nlibicu80\nlibicu79\n", ""));
        bench.scripted.put("apt-get", command -> CommandResult.of(command, 0, "", ""));

        bench.install();

        assertThat(bench.ran).anyMatch(line -> line.startsWith("apt-get ") && line.endsWith(" libatomic1 libicu80"));
    }

    @Test
    void takes_any_icu_that_is_installed() {
        bench.installed = bench.installed.replace("libicu76", "libicu72");

        bench.install();

        assertThat(bench.ran).noneMatch(line -> line.startsWith("apt"));
    }

    @Test
    void refuses_root_and_accounts_that_are_not_there() {
        bench.account = Optional.of("root");
        assertThat(problem(bench::install).code()).isEqualTo("root-as-job-account");

        bench.account = Optional.of("nobody-of-this-name");
        assertThat(problem(bench::install).code()).isEqualTo("no-such-user");
        assertThat(bench.home.folder()).doesNotExist();
    }

    @Test
    void warns_of_an_account_that_can_become_root() {
        bench.scripted.put("id", command -> CommandResult.of(command, 0, "daemon docker sudo\n", ""));
        bench.scripted.put(
                "sudo",
                command -> CommandResult.of(
                        command, 0, "User daemon may run the following commands on x:\n    (ALL) NOPASSWD: ALL\n", ""));

        List<String> warnings = bench.install().warnings();

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("docker, sudo", "become root");
        assertThat(warnings.get(1)).contains("may use sudo");
    }

    @Test
    void makes_an_account_without_a_password_when_there_is_none_for_jobs() {
        bench.account = Optional.empty();
        bench.scripted.put("useradd", command -> CommandResult.of(command, 9, "", "useradd: not in a test\n"));
        bench.scripted.put("getent", command -> CommandResult.of(command, 2, "", ""));

        Problem problem = problem(bench::install);

        assertThat(problem.code()).isEqualTo("account-not-made");
        assertThat(bench.ran)
                .anyMatch(line -> line.startsWith(
                                "useradd --system --key HOME_MODE=0700 --create-home --home-dir /home/crossarm-test-none")
                        && line.endsWith(" crossarm-test-none")
                        && !line.contains("password"));
        assertThat(bench.home.folder().resolve(".made-account-crossarm-test-none"))
                .exists();
    }

    @Test
    void tells_what_it_would_do_and_does_nothing() throws IOException {
        InstallPlan plan = bench.installation().plan(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(plan.lines()).hasSize(2);
        assertThat(plan.lines().get(0)).startsWith("download http").contains("2.338.1.tar.gz, SHA-256 ");
        assertThat(plan.lines().get(1)).contains(bench.runner().toString(), OtherAccount.NAME, InstallBench.NEW);
        assertThat(bench.tree()).isEmpty();
    }
}
