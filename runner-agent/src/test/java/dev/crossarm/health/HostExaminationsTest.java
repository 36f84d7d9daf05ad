package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostExaminationsTest {
    private static final String QEMU_MAGIC = "7f454c4602010100000000000000000002003e00";

    @TempDir
    Path root;

    private DoctorBench bench;

    @BeforeEach
    void prepare() throws IOException {
        bench = new DoctorBench(root);
    }

    @Test
    void tells_of_runners_of_two_accounts_of_which_one_cannot_use_the_rust_homes() {
        bench.runner(root.resolve("a"), "ci").runner(root.resolve("b"), "bob").goneRunner(Path.of("/srv/old"));

        List<Finding> findings = new RunnerExamination(bench.subject()).examine();

        assertThat(findings)
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && finding.summary().contains("run as bob and ci"))
                .anyMatch(finding -> finding.summary().equals("the runner in /srv/old is gone"))
                .noneMatch(finding -> finding.id().equals("runner-account"));
    }

    @Test
    void warns_of_a_runner_whose_account_does_not_own_the_rust_homes() {
        bench.runner(root.resolve("b"), "bob");

        RunnerReadiness runner = RunnerReadiness.of(
                        bench.subject().runners().get(), Target.X86_64_MUSL, bench.environment(), "ci")
                .get(0);

        assertThat(runner.errors()).isEmpty();
        assertThat(runner.warnings())
                .extracting(Finding::summary)
                .containsExactly(
                        "the runner in " + root.resolve("b") + " runs as bob, and the Rust homes belong to ci");
    }

    @Test
    void names_the_supported_systems_when_this_one_is_not() {
        bench.facts(new HostFacts("fedora", "42", "Fedora 42", "riscv64", "6.1", 1L << 30, 1));

        List<Finding> findings = new SystemExamination(bench.subject()).examine();

        assertThat(findings)
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR, Severity.ERROR, Severity.WARNING);
        assertThat(findings.get(0).remedies().get(0)).contains("Debian 13", "Ubuntu 24.04");
        assertThat(findings.get(2).detail()).contains("signal: 9");
    }

    @Test
    void tells_the_free_space_of_this_machine_as_df_does() throws Exception {
        List<Finding> findings = new SpaceExamination(bench.subject()).examine();

        assertThat(findings).extracting(Finding::id).contains("disk");
        assertThat(findings.get(0).summary()).contains(" free under " + root);
        String gib = findings.get(0).summary().replaceAll(" GiB.*", "");
        Process df = new ProcessBuilder("df", "--output=avail", "-B1", root.toString()).start();
        String available = new String(df.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        double expected = Double.parseDouble(available.lines().toList().get(1)) / (1L << 30);
        assertThat(Double.parseDouble(gib)).isCloseTo(expected, org.assertj.core.data.Offset.offset(0.5));
    }

    @Test
    void complains_when_space_or_inodes_run_out() {
        // A file system with 100 MiB and 500 inodes left cannot be had without mounting one; the numbers are stat's.
        List<Finding> findings = new SpaceExamination(
                        bench.subject((command, lines) -> CommandResult.of(command, 0, "25600 4096 500 1000000\n", "")))
                .examine();

        assertThat(findings).extracting(Finding::id).contains("disk", "inodes");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(findings.get(0).summary()).startsWith("100 MiB free under ");
        assertThat(findings.get(1).summary()).startsWith("500 inodes free under ");
    }

    @Test
    void asks_for_root_when_the_scope_needs_it() {
        assertThat(new RightsExamination(bench.subject()).examine()).allMatch(one -> one.severity() == Severity.OK);
        assertThat(new RightsExamination(bench.asUser().subject()).examine())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.remedies()).contains("sudo crossarm doctor");
                });
    }

    @Test
    void names_the_process_that_holds_a_lock_of_apt() throws Exception {
        Path lock = bench.write("var/lib/dpkg/lock-frontend", "");
        Process holder = new ProcessBuilder("flock", "--no-fork", lock.toString(), "sleep", "60").start();
        try {
            assertThat(holder.waitFor(1, TimeUnit.SECONDS)).isFalse();

            Finding finding = new AptExamination(bench.subject()).examine().get(0);

            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.summary()).isEqualTo("apt is locked by sleep (pid " + holder.pid() + ")");
            assertThat(finding.detail()).contains(lock.toString());
            assertThat(finding.remedies().get(0)).endsWith("-p " + holder.pid());
        } finally {
            holder.destroy();
            holder.waitFor();
        }
        assertThat(new AptExamination(bench.subject()).examine())
                .containsExactly(Finding.ok("apt-lock", "apt is not locked, dpkg has nothing pending"));
    }

    @Test
    void tells_of_an_interrupted_dpkg() throws IOException {
        bench.write(
                "var/lib/dpkg/status", "Package: cmake\nStatus: install ok half-configured\nArchitecture: arm64\n\n");

        Finding finding = new AptExamination(bench.subject()).examine().get(0);

        assertThat(finding.id()).isEqualTo("dpkg-interrupted");
        assertThat(finding.detail()).contains("cmake");
        assertThat(finding.remedies()).containsExactly("sudo dpkg --configure -a");
    }

    @Test
    void reads_what_the_kernel_does_with_programs_of_the_target() throws IOException {
        assertThat(binfmt().severity()).isEqualTo(Severity.NOTE);
        assertThat(binfmt().remedies()).contains("sudo apt-get install qemu-user qemu-user-binfmt");

        entry("enabled\ninterpreter /usr/bin/qemu-x86_64\nflags: OCF\noffset 0\nmagic " + QEMU_MAGIC + "\n");
        assertThat(binfmt())
                .isEqualTo(Finding.ok("binfmt", "x86_64 programs run under /usr/bin/qemu-x86_64 (flags OCF)"));

        entry("disabled\ninterpreter /usr/bin/qemu-x86_64\nflags: F\noffset 0\nmagic " + QEMU_MAGIC + "\n");
        assertThat(binfmt().severity()).isEqualTo(Severity.WARNING);
        assertThat(binfmt().remedies().get(0)).startsWith("echo 1 | sudo tee ");

        entry("enabled\ninterpreter /usr/bin/qemu-x86_64\nflags: \noffset 0\nmagic " + QEMU_MAGIC + "\n");
        assertThat(binfmt().summary()).contains("/usr/bin/qemu-x86_64, which does not exist");

        bench.write("usr/bin/qemu-x86_64", "");
        assertThat(binfmt().summary()).contains("but not inside containers");

        entry("enabled\ninterpreter /usr/bin/qemu-arm\nflags: F\noffset 0\nmagic " + QEMU_MAGIC.replace("3e00", "2800")
                + "\n");
        assertThat(binfmt().summary()).isEqualTo("the kernel does not run x86_64 programs directly");
    }

    private Finding binfmt() {
        return new BinfmtExamination(bench.subject()).examine().get(0);
    }

    private void entry(String text) throws IOException {
        bench.write("proc/sys/fs/binfmt_misc/status", "enabled\n");
        bench.write("proc/sys/fs/binfmt_misc/qemu-x86_64", text);
    }
}
