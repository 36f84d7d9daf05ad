package dev.crossarm.github;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.SettingsLoader;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GitHubSettingsTest {

    private static Loaded loaded(Map<String, String> variables, Object... flags) {
        Map<ConfigKey, List<String>> given = new EnumMap<>(ConfigKey.class);
        for (int i = 0; i < flags.length; i += 2) {
            given.put((ConfigKey) flags[i], List.of((String) flags[i + 1]));
        }
        Surroundings root = new Surroundings(variables, "root", true, Path.of("/root"), Path.of("/srv"), false, 80);
        return new SettingsLoader(root, Path.of("/nowhere/config.toml")).load(given, Optional.empty());
    }

    private static GitHubSettings settings(Object... flags) {
        return GitHubSettings.of(loaded(Map.of(), flags));
    }

    @Test
    void knows_each_kind_of_credential_by_itself() {
        assertThat(settings(ConfigKey.GITHUB_APP_ID, "12", ConfigKey.GITHUB_APP_KEY, "/k.pem")
                        .credential())
                .contains(new CredentialSource.App("12", Path.of("/k.pem")));
        assertThat(settings(ConfigKey.GITHUB_TOKEN_FILE, "t").credential())
                .contains(new CredentialSource.TokenFile(Path.of("/srv/t")));
        assertThat(settings(ConfigKey.GITHUB_CREDENTIAL_HELPER, "/bin/h 'a b'").credential())
                .contains(new CredentialSource.HelperCommand(List.of("/bin/h", "a b")));
        assertThat(settings().credential()).isEmpty();
    }

    @Test
    void refuses_two_kinds_and_names_both_and_where_they_come_from() {
        Problem problem = problem(() -> GitHubSettings.of(
                loaded(Map.of("CROSSARM_GITHUB_TOKEN_FILE", "/t"), ConfigKey.GITHUB_CREDENTIAL_HELPER, "/bin/h")));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary())
                .contains("github.token-file", "CROSSARM_GITHUB_TOKEN_FILE")
                .contains("github.credential-helper", "--credential-helper");
    }

    @Test
    void refuses_half_an_app_also_beside_another_kind() {
        Problem key = problem(() -> settings(ConfigKey.GITHUB_APP_KEY, "/k.pem"));
        assertThat(key.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(key.summary()).contains("github.app-id is not");
        assertThat(problem(() -> settings(ConfigKey.GITHUB_APP_ID, "12")).remedies())
                .first()
                .asString()
                .contains("--app-key");
        assertThat(problem(() -> settings(ConfigKey.GITHUB_APP_ID, "12", ConfigKey.GITHUB_TOKEN_FILE, "/t"))
                        .summary())
                .contains("github.app-id", "github.token-file");
    }

    @Test
    void says_how_to_keep_a_token_when_a_variable_holds_one_and_nothing_else_is_set() {
        Problem problem = problem(() -> settings().requireCredential(Set.of("GITHUB_TOKEN", "PATH")));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.detail()).contains("GITHUB_TOKEN is set and is not used");
        assertThat(problem.remedies()).anyMatch(remedy -> remedy.contains("--token-file"));
        assertThat(problem(() -> settings().requireCredential(Set.of())).detail())
                .isEmpty();
    }

    @Test
    void names_the_address_that_is_missing_or_no_address_of_runners() {
        assertThat(problem(() -> settings().requireAddress()).remedies())
                .first()
                .asString()
                .contains("--url");
        assertThat(problem(() -> settings(ConfigKey.GITHUB_URL, "https://github.com/orgs/ACME"))
                        .code())
                .isEqualTo("github-address");
        assertThat(settings(ConfigKey.GITHUB_URL, "https://github.com/ACME/")
                        .requireAddress()
                        .web())
                .isEqualTo("https://github.com/ACME");
    }

    @Test
    void sends_at_most_one_write_a_second_and_fewer_when_told() {
        assertThat(settings().betweenWrites()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings(ConfigKey.GITHUB_WRITES_PER_SECOND, "0.5").betweenWrites())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(settings(ConfigKey.GITHUB_WRITES_PER_SECOND, "90").betweenWrites())
                .isEqualTo(Duration.ofSeconds(1));
    }
}
