package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.provision.ProvisionOptions;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name what there is. */
class DocumentsTest {
    private static final int LONGEST_TABLE_LINE = 200;

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Idioms of another language, word for word: a native reader stumbles over each. */
    private static final Pattern IDIOM = Pattern.compile(
            "(?i)\\b(mend(s|ed|ing)?|a line each|one a line|(has|have|had) (a|no) say|parted by|of ours|go(es)? along"
                    + "|belongs? into|anew|unasked|for ever|stands? in the way|takes? (it )?away|taken away)\\b");

    private static final Path PREFIX = Path.of("/opt/crossarm");
    private static final Path STATE = Path.of("/var/lib/crossarm");

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/provisioning.md"})
    void name_every_step(String document) throws IOException {
        String text = Files.readString(Path.of("..").resolve(document));

        for (String step : ProvisionOptions.STEPS) {
            assertThat(text.contains("`" + step + "`"))
                    .as("%s names the step %s", document, step)
                    .isTrue();
        }
    }

    @Test
    void name_every_variable_of_a_job() throws IOException {
        String text = Files.readString(Path.of("../docs/provisioning.md"));

        assertThat(environment().variables()).hasSizeGreaterThan(10);
        assertThat(environment().variables().keySet())
                .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
    }

    @Test
    void keep_the_lines_of_their_tables_short_enough_to_read() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readAllLines(page))
                    .as("lines of tables in %s: put what is long into a list below the table", page)
                    .noneMatch(line -> line.startsWith("|") && line.length() > LONGEST_TABLE_LINE);
        }
    }

    @Test
    void say_it_in_plain_english() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readAllLines(page)).as("plain English in %s", page).noneMatch(DocumentsTest::translated);
        }
    }

    @Test
    void say_it_in_plain_english_where_the_program_and_its_scripts_speak() throws IOException {
        for (Path source : below("src/main/java", ".java")) {
            assertThat(Files.readAllLines(source))
                    .as("plain English in %s", source)
                    .noneMatch(line -> !comment(line)
                            && LITERAL.matcher(line).results().anyMatch(literal -> translated(literal.group())));
        }
        List<Path> scripts = new ArrayList<>(below("../scripts", ""));
        scripts.addAll(List.of(Path.of("../lab/lab"), Path.of("../action/action.yml"), Path.of("../action/lib.sh")));
        for (Path script : scripts) {
            assertThat(Files.readAllLines(script))
                    .as("plain English in %s", script)
                    .noneMatch(line -> !comment(line) && translated(line));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mend the line",
                "what mends it",
                "names, one a line",
                "variables of ours",
                "CFLAGS has a say",
                "it belongs into the folder",
                "take it away",
                "files that go along in the zip",
                "made anew"
            })
    void know_a_translated_idiom(String text) {
        assertThat(translated(text)).isTrue();
    }

    private static boolean translated(String text) {
        return IDIOM.matcher(text).find();
    }

    private static boolean comment(String line) {
        return line.strip().matches("(?s)(\\*|/\\*|//|#).*");
    }

    /** What people read first: the compatibility page's tables are measured, and short like all others. */
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(below("../docs", ".md"));
        pages.removeIf(page -> page.startsWith("../docs/decisions"));
        pages.addAll(List.of(
                Path.of("../README.md"),
                Path.of("../CONTRIBUTING.md"),
                Path.of("../CHANGELOG.md"),
                Path.of("../action/README.md")));
        return pages;
    }

    private static List<Path> below(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static JobEnvironment environment() {
        Settings settings = new Settings(
                Scope.SYSTEM,
                PREFIX,
                STATE,
                Optional.empty(),
                Target.X86_64_MUSL,
                Compiler.MUSL,
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                Optional.of("https://dist.example"),
                Optional.of("https://root.example"),
                List.of(),
                Duration.ofMinutes(10));
        Layout layout = new Layout(
                PREFIX, STATE, STATE.resolve("rust/rustup"), STATE.resolve("rust/cargo"), true, Optional.empty());
        HostFacts facts = new HostFacts("debian", "13", "Debian GNU/Linux 13", "aarch64", "6.12", 8L << 30, 4);
        return CrossEnvironment.of(Target.X86_64_MUSL, CompilerKind.of(Compiler.MUSL), layout, facts, settings);
    }
}
