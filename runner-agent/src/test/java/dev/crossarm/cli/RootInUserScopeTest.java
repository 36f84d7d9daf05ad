package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sudo that keeps HOME makes the caller's folders those of root's own account. */
final class RootInUserScopeTest {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("check"),
            List.of("doctor", "--offline"),
            List.of("self-test"),
            List.of("provision", "--dry-run"),
            List.of("provision", "--yes"));

    @TempDir
    Path folder;

    private Path open() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        return Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void runs_no_programs_that_another_account_can_change() throws IOException {
        Path open = open();
        for (List<String> command : COMMANDS) {
            TestConsole console = new TestConsole();

            assertThat(run(inUserScope().variable("CROSSARM_PREFIX", open.toString()), console, command))
                    .as("%s", command)
                    .isEqualTo(77);
            assertThat(console.err()).contains("as root this would run programs out of a folder");
        }
    }

    @Test
    void is_not_led_there_where_only_that_is_provisioned() throws IOException {
        TestConsole console = new TestConsole();
        TestProgram program =
                new TestProgram().provisionedIn(Scope.USER).variable("CROSSARM_PREFIX", open().toString());

        assertThat(program.run(console, "check")).isEqualTo(77);
    }

    @Test
    void works_where_all_of_it_is_roots_and_in_system_scope_where_jobs_own_it() throws IOException {
        Path open = open();
        for (List<String> command : COMMANDS) {
            assertThat(run(inUserScope(), new TestConsole(), command))
                    .as("%s", command)
                    .isZero();
            TestProgram system = program().variable("CROSSARM_STATE_DIRECTORY", open.toString());
            assertThat(run(system, new TestConsole(), command))
                    .as("%s", command)
                    .isZero();
        }
    }

    private static TestProgram program() {
        return new TestProgram().with(TestStep.done("tools"));
    }

    private static TestProgram inUserScope() {
        return program().variable("CROSSARM_SCOPE", "user");
    }

    private static int run(TestProgram program, TestConsole console, List<String> command) {
        return program.run(console, command.toArray(String[]::new));
    }
}
