package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.SettingsLoader;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.github.RequestPace;
import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.standin.GitHubStandIn;
import dev.crossarm.text.SecretRegister;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubExaminationTest {
    private static final String TOKEN = "github_pat_11ABCDEFG0_" + "a1B2".repeat(15);

    @TempDir
    Path folder;

    private GitHubStandIn github;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        github = new GitHubStandIn(0, Duration.ofSeconds(60), Duration.ofMillis(200));
        github.acceptToken(TOKEN);
        file = folder.resolve("token");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, TOKEN);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    private static GitHubSettings settings(Map<ConfigKey, String> given) {
        Map<ConfigKey, List<String>> flags = new EnumMap<>(ConfigKey.class);
        given.forEach((key, value) -> flags.put(key, List.of(value)));
        Surroundings root = new Surroundings(Map.of(), "root", true, Path.of("/root"), Path.of("/srv"), false, 80);
        return GitHubSettings.of(
                new SettingsLoader(root, Path.of("/nowhere/config.toml")).load(flags, Optional.empty()));
    }

    private static GitHubAccess access(GitHubSettings set) {
        InstantSource clock = InstantSource.system();
        return new GitHubAccess(
                set.address().orElseThrow(),
                set.credential().orElseThrow(),
                Map.of(),
                (command, lines) -> {
                    throw new AssertionError("no helper is set");
                },
                clock,
                new RequestPace(clock, new Random(1), Duration.ZERO),
                new SecretRegister());
    }

    private List<Finding> findings(Map<ConfigKey, String> given) {
        return new GitHubExamination(() -> settings(given), GitHubExaminationTest::access).examine();
    }

    private Map<ConfigKey, String> at(String path) {
        return Map.of(ConfigKey.GITHUB_URL, github.address() + path, ConfigKey.GITHUB_TOKEN_FILE, file.toString());
    }

    @Test
    void says_what_the_credential_may_do() {
        assertThat(findings(at("/ACME"))).singleElement().satisfies(one -> {
            assertThat(one.severity()).isIn(Severity.OK, Severity.NOTE);
            assertThat(one.summary()).contains(file.toString(), "runners of ACME", "4990 of 5000");
            assertThat(one.summary()).doesNotContain(TOKEN);
        });
    }

    @Test
    void says_how_to_set_right_a_file_that_others_may_read() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(findings(at("/ACME"))).first().satisfies(one -> {
            assertThat(one.severity()).isEqualTo(Severity.ERROR);
            assertThat(one.remedies()).anyMatch(remedy -> remedy.contains("chmod 0600"));
        });
    }

    @Test
    void says_that_github_refused_it() throws IOException {
        Files.writeString(file, TOKEN + "x");

        assertThat(findings(at("/ACME"))).first().satisfies(one -> {
            assertThat(one.severity()).isEqualTo(Severity.ERROR);
            assertThat(one.remedies()).isNotEmpty();
        });
    }

    @Test
    void only_warns_when_github_cannot_be_reached() {
        github.close();

        assertThat(findings(at("/ACME"))).first().extracting(Finding::severity).isEqualTo(Severity.WARNING);
    }

    @Test
    void names_a_public_repository_and_a_group_that_allows_them() throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(github.address() + "/_standin/settings"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"public\": true}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(findings(at("/acme/tools")))
                .filteredOn(one -> one.id().equals("github-public"))
                .singleElement()
                .extracting(Finding::summary)
                .asString()
                .startsWith("the repository acme/tools is public");
        assertThat(findings(at("/ACME")))
                .filteredOn(one -> one.id().equals("github-public"))
                .singleElement()
                .extracting(Finding::summary)
                .asString()
                .startsWith("the runner group Default of ACME allows public repositories");
    }

    @Test
    void says_nothing_where_nothing_is_set_and_what_is_missing_where_half_is() {
        assertThat(findings(Map.of())).isEmpty();
        assertThat(findings(Map.of(ConfigKey.GITHUB_TOKEN_FILE, file.toString())))
                .singleElement()
                .extracting(Finding::summary)
                .asString()
                .contains("github.url is not set");
        assertThatThrownBy(() -> findings(
                        Map.of(ConfigKey.GITHUB_TOKEN_FILE, "/t", ConfigKey.GITHUB_CREDENTIAL_HELPER, "/bin/h")))
                .isInstanceOf(CrossarmException.class);
    }
}
