package dev.crossarm.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionedScopeTest {
    private static final String USERS = "/.local/share/crossarm/bin";
    private final TestConsole console = new TestConsole();

    private String folders(TestProgram program, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "env";
        arguments[1] = "--format";
        arguments[2] = "json";
        System.arraycopy(more, 0, arguments, 3, more.length);
        assertThat(program.run(console, arguments)).isZero();
        return console.out();
    }

    @Test
    void is_the_accounts_own_where_something_is_provisioned_there() {
        assertThat(folders(new TestProgram())).contains("/opt/crossarm/bin");
        assertThat(folders(new TestProgram().asUser())).contains("/home/ada" + USERS);
    }

    @Test
    void is_the_system_for_a_user_who_has_nothing_of_his_own() {
        assertThat(folders(new TestProgram().asUser().provisionedIn(Scope.SYSTEM)))
                .contains("/opt/crossarm/bin");
    }

    @Test
    void is_what_root_provisioned_for_itself_alone_and_root_is_told() {
        assertThat(folders(new TestProgram().provisionedIn(Scope.USER))).contains("/root" + USERS);
        assertThat(console.err()).contains("Using what --scope user provisioned");
    }

    @Test
    void is_the_one_that_was_chosen_and_the_other_is_named_where_only_that_is_provisioned() {
        assertThat(folders(new TestProgram().provisionedIn(Scope.USER), "--scope", "system"))
                .contains("/opt/crossarm/bin");
        assertThat(console.err())
                .contains(
                        "nothing is provisioned in system scope, only in user scope: crossarm env --format=json --scope user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "self-test", "check", "doctor", "env"})
    void is_the_one_that_each_command_works_in(String command) {
        TestProgram program = new TestProgram().provisionedIn(Scope.USER);

        program.run(console, command);

        assertThat(program.worked()).contains(Scope.USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "self-test"})
    void is_asked_for_by_commands_that_cannot_work_without(String command) {
        TestProgram program = new TestProgram().provisionedIn(Scope.USER);

        assertThat(program.run(console, command, "--scope", "system")).isEqualTo(78);
        assertThat(console.err())
                .contains("error: nothing is provisioned in system scope, only in user scope")
                .contains("help: crossarm " + command + " --scope user");
    }

    @Test
    void is_named_with_the_words_that_were_typed(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectory(folder.resolve("a b"));
        Files.writeString(project.resolve("Cargo.toml"), "[package]\nname = \"x\"\n");
        String[] typed = {
            "build", "--release", "-C", project.toString(), "--bin", "x", "--lambda", "--scope", "system", "--", "-Zx"
        };
        new TestProgram().provisionedIn(Scope.USER).run(console, typed);
        assertThat(console.err())
                .contains("help: crossarm build --release --directory='" + project
                        + "' --bin=x --lambda=function --scope user" + " -- -Zx\n");

        TestConsole another = new TestConsole();
        new TestProgram().provisionedIn().provisionedFor("bob").run(another, "build", "-C", project + "/../a b", "-r");
        assertThat(another.err())
                .contains("help: sudo -u bob -i crossarm build --release --directory='" + project + "'\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "self-test", "check", "doctor", "env"})
    void names_the_account_where_another_one_alone_has_something(String command) {
        new TestProgram().provisionedIn().provisionedFor("bob").run(console, command);

        assertThat(console.err())
                .contains("this machine is provisioned for the user bob only")
                .contains("sudo -u bob -i crossarm " + command);
    }
}
