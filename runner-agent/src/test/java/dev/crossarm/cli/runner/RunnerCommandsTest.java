package dev.crossarm.cli.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerRecords;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands for runners refuse before they touch anything. */
class RunnerCommandsTest {
    @TempDir
    Path state;

    private final TestConsole console = new TestConsole();

    @Test
    void need_root_and_say_how_to_get_it() {
        assertThat(new TestProgram().asUser().run(console, "runner", "install", "arm-1"))
                .isEqualTo(77);
        assertThat(console.err()).contains("needs root, and this is ada", "sudo crossarm runner install -- arm-1");
        assertThat(new TestProgram().asUser().run(console, "runner", "update")).isEqualTo(77);
    }

    @Test
    void work_in_system_scope_only() {
        assertThat(new TestProgram().variable("CROSSARM_SCOPE", "user").run(console, "runner", "install"))
                .isEqualTo(78);
        assertThat(console.err()).contains("scope");
    }

    @Test
    void take_no_package_without_its_digest() {
        assertThat(new TestProgram().run(console, "runner", "install", "--package", "x.tar.gz"))
                .isEqualTo(64);
        assertThat(new TestProgram().run(console, "runner", "install", "--sha256", "00"))
                .isEqualTo(64);
        assertThat(new TestProgram().run(console, "runner", "install", "--package", "x.tar.gz", "--sha256", "00"))
                .isEqualTo(64);
        assertThat(console.err()).contains("belong together", "64 hexadecimal digits");
    }

    @Test
    void take_versions_and_names_only() {
        assertThat(new TestProgram().run(console, "runner", "install", "--runner-version", "latest"))
                .isEqualTo(64);
        assertThat(new TestProgram().run(console, "runner", "install", "../x")).isEqualTo(64);
    }

    @Test
    void refuse_a_machine_that_is_not_arm64_without_being_told() {
        int status = new TestProgram()
                .on(TestProgram.facts("debian", "13", "x86_64"))
                .run(console, "runner", "install");

        assertThat(status).isEqualTo(64);
        assertThat(console.err()).contains("crossarm runner install --here");
    }

    @Test
    void update_asks_which_runner_when_there_are_several_or_none() {
        assertThat(new TestProgram().run(console, "runner", "update", "--state-directory", state.toString()))
                .isEqualTo(78);
        RunnerRecords records =
                new RunnerRecords(new DurableFiles(Checkpoint.NONE), new RunnerHome(state.resolve("runners")));
        for (String name : new String[] {"arm-1", "arm-2"}) {
            records.write(RunnerRecord.installed(new RunnerName(name), "runner", true, "2.338.1", false));
        }

        assertThat(new TestProgram().run(console, "runner", "update", "--state-directory", state.toString()))
                .isEqualTo(64);
        assertThat(console.err()).contains("arm-1, arm-2", "crossarm runner update");
    }
}
