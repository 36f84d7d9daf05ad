package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.CalledAs;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.OwnCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command this program prints is one that it takes, and means what the command that printed it meant. */
class PrintedCommandsTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** A text between quotation marks in the sources, and in it a command with its options. */
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern COMMAND = Pattern.compile(
            "(?<![\\w./-])crossarm ((?:config|runner) [a-z]+|[a-z][a-z-]*)((?: --?[a-z][^\\s\"')]*(?: [a-zA-Z][\\w.,-]*)?)*)");

    private final CommandLine grammar = new Grammar("1").commandLine();

    @Test
    void knows_every_command_and_the_settings_it_takes() {
        Set<String> names = new HashSet<>();
        collect("", grammar, names);

        assertThat(OwnCommands.SETTINGS.keySet()).isEqualTo(names);
    }

    private void collect(String before, CommandLine line, Set<String> names) {
        line.getSubcommands().forEach((word, inner) -> {
            String name = before + word;
            if (!inner.getSubcommands().isEmpty()) {
                collect(name + " ", inner, names);
                return;
            }
            names.add(name);
            Set<ConfigKey> taken = EnumSet.noneOf(ConfigKey.class);
            Arrays.stream(ConfigKey.values())
                    .filter(key -> inner.getCommandSpec().findOption(key.flag()) != null)
                    .forEach(taken::add);
            assertThat(OwnCommands.SETTINGS.get(name)).as(name).isEqualTo(taken);
        });
    }

    @Test
    void names_in_its_texts_only_commands_and_options_that_there_are() throws IOException {
        int seen = 0;
        for (String literal : literals()) {
            Matcher command = COMMAND.matcher(literal);
            while (command.find()) {
                CommandLine line = grammar;
                for (String word : command.group(1).split(" ")) {
                    line = line == null ? null : line.getSubcommands().get(word);
                }
                if (line == null && command.group(2).isEmpty()) {
                    continue; // a sentence about crossarm
                }
                seen++;
                assertThat(line).as(literal).isNotNull();
                for (String word : command.group(2).split(" ")) {
                    if (word.startsWith("-") && !word.equals("--")) {
                        assertThat(Objects.requireNonNull(line).getCommandSpec().findOption(word.split("=", 2)[0]))
                                .as(literal)
                                .isNotNull();
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(50);
    }

    private static List<String> literals() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return sources.stream()
                    .flatMap(PrintedCommandsTest::lines)
                    .filter(line ->
                            !line.strip().startsWith("*") && !line.strip().startsWith("//"))
                    .flatMap(line -> LITERAL.matcher(line).results().map(found -> found.group(1)))
                    .filter(text -> text.contains("crossarm "))
                    .collect(Collectors.toList());
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static final CalledAs CHECKOUT =
            new CalledAs("./scripts/crossarm", "./scripts/crossarm", "/srv/scripts/crossarm");

    private static TestProgram machine() {
        return new TestProgram()
                .on(TestProgram.facts("debian", "12", "x86_64"))
                .calledAs(CHECKOUT)
                .with(TestStep.open("tools"));
    }

    @Test
    void leads_to_cpp_on_x86_64_when_each_hint_is_followed() {
        TestConsole first = new TestConsole();
        machine().asUser().run(first, "provision", "--cpp", "--scope", "system", "--only", "tools");
        assertThat(helps(first.err()))
                .containsExactly("sudo ./scripts/crossarm provision --only tools --here --scope system --compiler cpp");

        TestConsole second = new TestConsole();
        machine().asUser().run(second, "provision", "--here", "--cpp", "--scope", "system");
        assertThat(helps(second.err()))
                .containsExactly(
                        "sudo ./scripts/crossarm provision --here --scope system --compiler cpp",
                        "./scripts/crossarm provision --here --scope user --compiler cpp");

        TestConsole third = new TestConsole();
        machine().run(third, "provision", "--here", "--compiler", "cpp");
        assertThat(helps(third.err()))
                .containsExactly(
                        "./scripts/crossarm provision --here --compiler cpp --yes",
                        "./scripts/crossarm provision --here --compiler cpp --dry-run");
    }

    private static List<String> helps(String err) {
        return err.lines()
                .filter(line -> line.startsWith("  help: "))
                .map(line -> line.substring("  help: ".length()))
                .toList();
    }

    @Test
    void ends_with_commands_that_work_from_a_checkout() {
        TestConsole console = new TestConsole();

        assertThat(machine().run(console, "provision", "--here", "--yes", "--scope", "user"))
                .isZero();

        assertThat(console.out())
                .contains("eval \"$(./scripts/crossarm env --scope user)\"", "./scripts/crossarm inspect target/")
                .doesNotContain(" crossarm ");
    }

    @Test
    void prints_them_in_json_as_they_have_to_be_pasted_too() {
        TestConsole console = new TestConsole();

        machine().run(console, "provision", "--json", "--cpp");

        assertThat(console.out()).contains("\"./scripts/crossarm provision --here --compiler cpp\"");
    }

    @Test
    void finds_them_in_a_check_an_environment_and_an_explanation(@org.junit.jupiter.api.io.TempDir Path folder)
            throws IOException {
        TestConsole check = new TestConsole();
        machine().run(check, "check", "--prefix", "/opt/x");
        assertThat(check.out()).contains(": ./scripts/crossarm provision --here --prefix /opt/x\n");

        TestConsole env = new TestConsole();
        machine().run(env, "env", "--prefix", "/nowhere/x");
        assertThat(env.err()).contains("./scripts/crossarm provision --here --prefix /nowhere/x\n");

        Path log = Files.writeString(
                folder.resolve("log"),
                "error: unrecognized command-line option '-m64'\nerror: could not compile `x`\n");
        TestConsole explain = new TestConsole();
        machine().run(explain, "explain", log.toString());
        assertThat(explain.out().lines().filter(line -> line.startsWith("-> ")))
                .containsExactly(
                        "-> In a shell: eval \"$(./scripts/crossarm env --format shell)\"",
                        "-> ./scripts/crossarm provision --here",
                        "-> ./scripts/crossarm doctor");
    }

    @Test
    void finds_them_in_what_steps_say() {
        TestStep step = TestStep.done("cpp").saying("not requested; to add it: crossarm provision --cpp");
        String pasted = "to add it: ./scripts/crossarm provision --cpp --here --prefix /opt/x\n";

        TestConsole provision = new TestConsole();
        machine().with(step).run(provision, "provision", "--here", "--yes", "--prefix", "/opt/x");
        assertThat(provision.err()).contains(pasted);

        TestConsole check = new TestConsole();
        machine().with(step).run(check, "check", "--prefix", "/opt/x");
        assertThat(check.out()).contains(pasted);

        TestConsole removal = new TestConsole();
        machine()
                .with(TestStep.done("x").saying("To remove it: crossarm cache --clear"))
                .run(removal, "provision", "--remove", "--yes");
        assertThat(removal.out()).contains("To remove it: ./scripts/crossarm cache --clear\n");

        TestConsole plan = new TestConsole();
        machine().with(step).run(plan, "provision", "--here", "--dry-run", "--verbose", "--prefix", "/opt/x");
        assertThat(plan.out()).contains(pasted);
    }

    @Test
    void finds_them_in_help_and_in_what_a_mistyped_word_is_answered_with() {
        for (String words : List.of("help nonsense", "nonsense --help", "config nonsense", "check --nonsense")) {
            TestConsole mistyped = new TestConsole();
            machine().run(mistyped, words.split(" "));
            assertThat(helps(mistyped.err()))
                    .as(words)
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("./scripts/crossarm "));
        }

        TestConsole help = new TestConsole();
        machine().asUser().run(help, "help");
        assertThat(help.out())
                .contains("\n  ./scripts/crossarm check     ", "\n  sudo ./scripts/crossarm provision     ")
                .contains("\n  ./scripts/crossarm <command> --help  ")
                .startsWith("Usage: crossarm ");

        TestConsole completion = new TestConsole();
        machine().run(completion, "completion", "--help");
        assertThat(completion.out()).contains("source <(crossarm completion bash)");
    }
}
