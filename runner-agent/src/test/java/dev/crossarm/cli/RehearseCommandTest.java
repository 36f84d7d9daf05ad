package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.TestConsole;
import org.junit.jupiter.api.Test;

/** The command that only the launcher types. */
class RehearseCommandTest {
    private final TestConsole console = new TestConsole();

    @Test
    void is_found_where_it_is_typed_and_nowhere_else() {
        assertThat(new TestProgram().run(console, RehearseCommand.NAME, "--help"))
                .isZero();
        assertThat(console.out()).startsWith("Usage: crossarm rehearse");

        assertThat(new Grammar("1").names()).doesNotContain(RehearseCommand.NAME);
    }

    @Test
    void runs_commands_and_loads_the_rest_whatever_they_find() {
        TestProgram program = new TestProgram().provisionedIn();

        assertThat(program.run(console, RehearseCommand.NAME)).isZero();
        assertThat(console.out()).contains("{");
        assertThat(program.loadedEverything()).isTrue();
    }
}
