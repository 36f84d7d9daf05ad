package dev.crossarm.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.config.CalledAs;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Journal;
import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.RunEvent;
import dev.crossarm.plan.RunJson;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of a mirror, of a proxy and of an apt source in whatever a run tells and keeps. */
class SecretsTest {
    private static final String MIRROR = "https://ada:mirror-pw@mirror.example/rust";
    private static final String APT = "deb http://ada:apt-pw@apt.example/debian trixie main";
    private static final String PROXY = "http://ada:proxy-pw@proxy.example:3128";
    private static final String ALL = MIRROR + " " + APT + " " + PROXY + " then proxy-pw and quoted\"secret";
    private static final Map<String, String> ENVIRONMENT = Map.of("https_proxy", PROXY, "A_TOKEN", "quoted\"secret");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final StepId STEP = StepId.of("rustup");

    private final TestConsole console = new TestConsole().in(ENVIRONMENT);
    private final Problem problem = new Problem(
            "no-mirror", "cannot read " + ALL, "said " + ALL, List.of("curl " + ALL), ExitStatus.UNAVAILABLE);

    private static void nothingIsIn(String text) {
        assertThat(text).contains("***").doesNotContain("ada:", "mirror-pw", "apt-pw", "proxy-pw", "secret");
    }

    private List<RunEvent> events() {
        Change change = Change.of(Change.Kind.DOWNLOAD, ALL, "fetch " + ALL);
        return List.of(
                new RunEvent.RunStarted(NOON, "run", "provision", 1),
                new RunEvent.StepStarted(NOON, STEP, ALL),
                new RunEvent.ChangeStarted(NOON, STEP, change),
                new RunEvent.Waiting(NOON, STEP, "waiting for " + ALL),
                new RunEvent.Output(NOON, STEP, "output " + ALL),
                new RunEvent.StepFinished(NOON, STEP, new Outcome.Failed(problem), Duration.ofSeconds(1)));
    }

    @Test
    void are_not_on_the_line_display_nor_in_an_error() {
        Messages messages = new Messages(
                console.console(),
                Messages.Loudness.VERBOSE,
                false,
                OwnCommands.of(() -> CalledAs.INSTALLED, true, false));
        LineDisplay display = new LineDisplay(messages);

        events().forEach(display::on);
        messages.report(problem);
        messages.trace(problem.asException());

        nothingIsIn(console.err());
        assertThat(console.err()).contains("error: cannot read https://***@mirror");
    }

    @Test
    void are_not_on_the_live_display_which_cuts_lines() {
        LiveDisplay display = new LiveDisplay(console.console(), false, System::nanoTime, text -> text);

        for (RunEvent event : events().subList(0, 5)) {
            display.on(event);
        }
        // The first drawing is of the thread's own time; closing draws what is finished.
        display.on(events().get(5));
        display.close();

        nothingIsIn(console.err());
    }

    @Test
    void are_not_in_json_which_stays_json() throws Exception {
        ObjectNode tree = JsonText.tree(problem);
        tree.put("deb " + MIRROR, ALL);

        new Messages(
                        console.console(),
                        Messages.Loudness.NORMAL,
                        false,
                        OwnCommands.of(() -> CalledAs.INSTALLED, true, false))
                .json(tree);

        JsonNode read = new ObjectMapper().readTree(console.out());
        nothingIsIn(read.path("problem").path("summary").asText());
        nothingIsIn(console.out());
        assertThat(read.path("problem").path("code").asText()).isEqualTo("no-mirror");
        assertThat(RunJson.of(problem).path("summary").asText())
                .as("masked where it goes out")
                .contains("mirror-pw");
    }

    @Test
    void are_not_in_the_journal(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("journal.jsonl");
        Journal journal = new Journal(file, Mask.of(ENVIRONMENT), warning -> {
            throw new AssertionError(warning.summary());
        });

        events().forEach(journal::on);

        nothingIsIn(Files.readString(file));
        for (String line : Files.readAllLines(file)) {
            assertThat(new ObjectMapper().readTree(line).isObject()).isTrue();
        }
    }
}
