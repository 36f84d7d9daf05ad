package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.display.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CliTest {
    private final TestConsole console = new TestConsole();

    @Test
    void prints_the_version_on_standard_output() {
        assertThat(new TestProgram().run(console, "--version")).isZero();

        assertThat(console.out()).isEqualTo("crossarm 1.2.3\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void prints_the_version_for_the_word_too() {
        assertThat(new TestProgram().run(console, "version")).isZero();

        assertThat(console.out()).isEqualTo("crossarm 1.2.3\n");
    }

    @Test
    void helps_with_the_commands_named_after_the_word_help() {
        assertThat(help("help")).isEqualTo(help("--help"));
        assertThat(help("help", "provision")).isEqualTo(help("provision", "--help"));
        assertThat(help("help", "config", "show")).isEqualTo(help("config", "show", "--help"));
    }

    private static String help(String... words) {
        TestConsole one = new TestConsole();
        assertThat(new TestProgram().run(one, words)).isZero();
        assertThat(one.out()).startsWith("Usage: crossarm");
        return one.out();
    }

    @Test
    void refuses_words_it_does_not_know_whatever_else_is_asked_for() {
        for (String words : List.of(
                "nonsense --help",
                "--help nonsense",
                "--nonsense --help",
                "-h --nonsense",
                "--nonsense check --help",
                "check --nonsense --help",
                "check --help nonsense",
                "config nonsense --help",
                "config show --help nonsense",
                "--version nonsense",
                "--nonsense --version",
                "help nonsense",
                "help config nonsense",
                "help --nonsense",
                "version nonsense")) {
            TestConsole one = new TestConsole();

            assertThat(new TestProgram().run(one, words.split(" "))).as(words).isEqualTo(64);
            assertThat(one.err()).as(words).contains("nonsense").contains("  help: crossarm ");
            assertThat(one.out()).as(words).isEmpty();
        }
    }

    @Test
    void takes_a_name_that_begins_with_at_for_a_name(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "/proc/self/exe\n");

        assertThat(new TestProgram().run(console, "inspect", "@" + file)).isNotZero();

        assertThat(console.err()).contains("@" + file);
    }

    @Test
    void helps_with_every_command_when_asked() {
        for (String command : new Grammar("1").names()) {
            TestConsole one = new TestConsole();

            assertThat(new TestProgram().asUser().run(one, command, "--help"))
                    .as(command)
                    .isZero();
            assertThat(one.out()).startsWith("Usage: crossarm " + command).contains("--config=FILE");
            assertThat(one.err()).isEmpty();
            // The rest of the tree is left out then, and nobody may notice.
            assertThat(new Grammar("1").commandLine().getSubcommands())
                    .extractingByKey(command)
                    .extracting(whole -> whole.getUsageMessage(CommandLine.Help.Ansi.OFF))
                    .isEqualTo(one.out());
        }
    }

    @Test
    void shows_the_usage_as_an_error_when_no_command_is_given() {
        assertThat(new TestProgram().run(console)).isEqualTo(64);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).startsWith("Usage: crossarm");
    }

    @Test
    void asks_what_was_meant_when_a_command_is_mistyped() {
        assertThat(new TestProgram().run(console, "provison")).isEqualTo(64);

        assertThat(console.err()).isEqualTo("""
                        error: unknown command provison
                          help: did you mean: crossarm provision
                          help: crossarm --help
                        """);
    }

    @Test
    void asks_what_was_meant_when_an_option_is_mistyped() {
        assertThat(new TestProgram().run(console, "provision", "--chanel=stable"))
                .isEqualTo(64);

        assertThat(console.err()).isEqualTo("""
                        error: unknown option --chanel
                          help: did you mean: crossarm provision --channel
                          help: crossarm provision --help
                        """);
    }

    @Test
    void names_the_whole_command_when_the_second_word_is_mistyped() {
        assertThat(new TestProgram().run(console, "config", "shwo")).isEqualTo(64);

        assertThat(console.err()).contains("help: did you mean: crossarm config show\n");
    }

    @Test
    void does_not_take_the_help_for_what_was_meant() {
        assertThat(new TestProgram().run(console, "check", "--here")).isEqualTo(64);

        assertThat(console.err()).isEqualTo("""
                        error: unknown option --here
                          help: crossarm check --help
                        """);
    }

    @Test
    void refuses_to_prove_nothing() {
        assertThat(new TestProgram().run(console, "inspect")).isEqualTo(64);
        assertThat(console.err()).contains("FILE").contains("help: crossarm inspect --help");

        assertThat(new TestProgram().run(new TestConsole(), "completion")).isEqualTo(64);
    }

    @Test
    void prints_a_mistyped_command_line_as_json_when_json_was_asked_for() {
        assertThat(new TestProgram().run(console, "check", "--json", "--bogus")).isEqualTo(64);

        assertThat(console.out())
                .startsWith("{\n  \"schemaVersion\" : 1,")
                .contains("\"code\" : \"usage\"")
                .contains("\"exit\" : 64");
    }

    @Test
    void says_what_is_missing_when_an_option_has_no_value() {
        assertThat(new TestProgram().run(console, "provision", "--channel")).isEqualTo(64);
        assertThat(console.err()).contains("--channel").contains("help: crossarm provision --help");
    }

    @Test
    void refuses_a_colour_choice_that_is_none() {
        assertThat(new TestProgram().run(console, "config", "show", "--color", "pink"))
                .isEqualTo(64);
        assertThat(console.err()).contains("--color is one of auto, always, never");
    }

    @Test
    void takes_common_options_before_and_after_the_command() {
        for (List<String> words : List.of(List.of("--color=always", "chekc"), List.of("chekc", "--color", "always"))) {
            TestConsole one = new TestConsole();

            new TestProgram().run(one, words.toArray(String[]::new));

            assertThat(one.err()).contains("\u001b[1;31merror:");
        }
    }

    @Test
    void has_colours_on_a_terminal_unless_it_is_told_otherwise() {
        assertThat(errors(new TestProgram().variable("TERM", "xterm"))).contains("\u001b[");
        assertThat(errors(new TestProgram().variable("TERM", "dumb"))).doesNotContain("\u001b[");
        assertThat(errors(new TestProgram().variable("TERM", "xterm").variable("NO_COLOR", "1")))
                .doesNotContain("\u001b[");
        assertThat(errors(new TestProgram().variable("TERM", "xterm"), "--color=never"))
                .doesNotContain("\u001b[");
    }

    private static String errors(TestProgram program, String... more) {
        TestConsole terminal = new TestConsole().onTerminal("");
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(more), java.util.stream.Stream.of("x"))
                .toArray(String[]::new);
        program.run(terminal, words);
        return terminal.err();
    }

    @Test
    void reports_a_bug_with_its_trace_and_without_secrets() {
        TestProgram program = new TestProgram()
                .variable("MY_TOKEN", "hunter2-token")
                .on(TestProgram.facts("debian", "13", "aarch64"));
        Program broken = new BrokenProgram(program, "failed with hunter2-token at https://ada:pw@host/x");

        int status =
                new Cli(broken, console.in(program.surroundings().environment()).console()).run("config", "show");

        assertThat(status).isEqualTo(70);
        assertThat(console.err())
                .contains("error: this is a bug in crossarm 1.2.3")
                .contains("please report")
                .contains("at dev.crossarm.cli.")
                .contains("failed with *** at https://***@host/x")
                .doesNotContain("hunter2")
                .doesNotContain("ada:pw");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void prints_the_trace_of_an_expected_problem_only_when_asked() {
        new TestProgram().run(console, "config", "show", "--channel", "zzz");
        assertThat(console.err()).contains("--channel: must be").doesNotContain("\tat ");

        TestConsole traced = new TestConsole();
        new TestProgram().run(traced, "config", "show", "--channel", "zzz", "--stacktrace");
        assertThat(traced.err()).contains("\tat dev.crossarm.config.");
    }

    @Test
    void prints_one_json_object_with_the_problem_when_json_was_asked_for() {
        assertThat(new TestProgram().run(console, "config", "show", "--json", "--channel", "zzz"))
                .isEqualTo(64);

        Golden.assertSame("problem.json", console.out());
    }

    @Test
    void warns_about_variables_that_mean_nothing() {
        assertThat(new TestProgram().variable("CROSSARM_CHANEL", "x").run(console, "config", "show"))
                .isZero();
        assertThat(console.err()).contains("warning: the variable CROSSARM_CHANEL is not known to crossarm");
    }

    @Test
    void shows_every_setting_with_its_origin() {
        new TestProgram()
                .variable("RUSTUP_DIST_SERVER", "https://ada:pw@mirror.example")
                .run(console, "config", "show", "--json", "--runner", "one", "--runner", "/two");

        Golden.assertSame("config-show.json", console.out());
    }

    @Test
    void prints_the_environment_in_the_format_asked_for() {
        assertThat(new TestProgram().run(console, "env", "--format", "dotenv")).isZero();
        assertThat(console.out()).startsWith("CC_x=/opt/crossarm/cc\nPATH=/opt/crossarm/bin:");

        assertThat(new TestProgram().run(new TestConsole(), "env", "--format", "yaml"))
                .isEqualTo(64);
    }

    @Test
    void keeps_a_folder_that_another_account_can_write_off_roots_path(@TempDir Path prefix) throws IOException {
        Path open = Files.createDirectory(prefix.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        String[] shell = {"env", "--prefix", open.toString(), "--user", "ci"};
        String[] github = {"env", "--prefix", open.toString(), "--user", "ci", "--format", "github"};

        for (String[] command : List.of(shell, github)) {
            TestConsole refused = new TestConsole();
            assertThat(new TestProgram().run(refused, command)).isEqualTo(77);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .contains("a folder that ci can write")
                    .contains("help: sudo -H -u ci bash\n")
                    .contains("help: there: eval \"$(crossarm env --scope system --prefix " + open + " --user ci)\"");
        }
        assertThat(new TestProgram().asUser().run(new TestConsole(), shell)).isZero();
        assertThat(new TestProgram().run(new TestConsole(), "env", "--prefix", open.toString(), "--format", "dotenv"))
                .as("for a runner's file")
                .isZero();
    }

    @Test
    void builds_nothing_as_root_by_programs_that_another_account_can_change(@TempDir Path prefix) throws IOException {
        Path open = Files.createDirectory(prefix.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(new TestProgram().run(console, "build", "--prefix", open.toString()))
                .isEqualTo(77);
        assertThat(console.err()).contains("there: crossarm build --prefix " + open);
    }

    @Test
    void warns_when_the_environment_names_what_is_not_there_yet(@TempDir Path prefix) throws IOException {
        String place = prefix.toString();

        assertThat(new TestProgram().run(console, "env", "--prefix", place)).isZero();
        assertThat(console.err())
                .isEqualTo("warning: there is no " + place + "/bin: what these variables name is not there before"
                        + " crossarm provision --prefix " + place + "\n");

        Files.createDirectory(prefix.resolve("bin"));
        TestConsole silent = new TestConsole();
        assertThat(new TestProgram().run(silent, "env", "--prefix", place)).isZero();
        assertThat(silent.err()).isEmpty();
    }

    @Test
    void shows_only_the_files_that_are_not_proven_when_it_is_to_be_quiet() {
        assertThat(new TestProgram().run(console, "inspect", "-q", "/proc/self/exe"))
                .isEqualTo(1);

        assertThat(console.out()).contains("NOT proven");
        assertThat(new TestProgram().run(new TestConsole(), "self-test", "-q")).isZero();
    }

    @Test
    void says_of_each_file_what_it_is_and_goes_on_after_one_that_is_none() {
        int status = new TestProgram().run(console, "inspect", "/nonexistent", "/proc/self/exe", "--json");

        assertThat(status).isEqualTo(65);
        assertThat(console.out()).contains("\"proven\" : false").contains("\"problems\" : [");
        assertThat(console.err()).contains("error: ");
    }

    @Test
    void refuses_a_token_on_the_command_line_shows_it_nowhere_and_says_where_it_belongs() {
        for (String option : List.of("--token=s3cr3t-t0ken", "--pat=s3cr3t-t0ken", "--github-token=s3cr3t-t0ken")) {
            TestConsole console = new TestConsole();

            assertThat(new TestProgram().run(console, "doctor", option)).isEqualTo(64);

            assertThat(console.err()).contains("is not accepted", "--token-file /etc/crossarm/github-token");
            assertThat(console.err() + console.out()).doesNotContain("s3cr3t");
        }
    }
}
