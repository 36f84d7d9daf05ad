package dev.crossarm.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostFactsReaderTest {

    @TempDir
    Path root;

    @Test
    void reads_what_a_debian_machine_tells() throws IOException {
        put("etc/os-release", """
                PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
                # comment
                VERSION_ID="13"
                ID=debian
                """);
        put("proc/meminfo", "MemTotal:        8134236 kB\nMemFree: 1 kB\n");
        put("proc/sys/kernel/osrelease", "6.12.0-arm64\n");

        HostFacts facts = new HostFactsReader(root, "aarch64", 4).read();

        assertThat(facts)
                .isEqualTo(new HostFacts(
                        "debian", "13", "Debian GNU/Linux 13 (trixie)", "aarch64", "6.12.0-arm64", 8134236L * 1024, 4));
    }

    @Test
    void takes_the_vendor_file_when_there_is_no_other_and_understands_quotes() throws IOException {
        put("usr/lib/os-release", "ID='ubuntu'\nVERSION_ID=24.04\r\nPRETTY_NAME=\"A \\\"quoted\\\" \\$name\"\n");

        HostFacts facts = new HostFactsReader(root, "amd64", 1).read();

        assertThat(facts.osId()).isEqualTo("ubuntu");
        assertThat(facts.osVersion()).isEqualTo("24.04");
        assertThat(facts.osName()).isEqualTo("A \"quoted\" $name");
        assertThat(facts.architecture()).isEqualTo("x86_64");
    }

    @Test
    void has_the_values_of_the_specification_when_a_machine_tells_nothing() {
        assertThat(new HostFactsReader(root, "riscv64", 1).read())
                .isEqualTo(new HostFacts("linux", "", "Linux", "riscv64", "", 0, 1));
    }

    @Test
    void reads_this_machine_as_its_own_tools_see_it() {
        HostFacts facts = new HostFactsReader().read();
        CommandRunner runner = new ProcessCommandRunner(TestSurroundings.real());

        assertThat(facts.architecture()).isEqualTo(output(runner, "uname", "-m"));
        assertThat(facts.kernel()).isEqualTo(output(runner, "uname", "-r"));
        assertThat(facts.osId()).isEqualTo(output(runner, "bash", "-c", ". /etc/os-release; echo \"$ID\""));
        assertThat(facts.memoryBytes()).isGreaterThan(100_000_000);
    }

    private static String output(CommandRunner runner, String... argv) {
        return runner.run(Command.of(argv)).out().whole().strip();
    }

    private void put(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Path folder = file.getParent();
        assertThat(folder).isNotNull();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
