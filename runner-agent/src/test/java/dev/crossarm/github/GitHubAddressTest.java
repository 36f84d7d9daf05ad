package dev.crossarm.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GitHubAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com/ACME, CLOUD, https://api.github.com/orgs/ACME/actions/runners",
        "https://github.com/ACME/, CLOUD, https://api.github.com/orgs/ACME/actions/runners",
        "https://www.github.com/ACME, CLOUD, https://api.github.com/orgs/ACME/actions/runners",
        "https://github.com/octo_acme/my.app, CLOUD, https://api.github.com/repos/octo_acme/my.app/actions/runners",
        "https://github.com/ada/app.git, CLOUD, https://api.github.com/repos/ada/app/actions/runners",
        "https://github.com/enterprises/big-co, CLOUD, https://api.github.com/enterprises/big-co/actions/runners",
        "https://acme.ghe.com/tools, RESIDENT, https://api.acme.ghe.com/orgs/tools/actions/runners",
        "https://acme.ghe.com/tools/app, RESIDENT, https://api.acme.ghe.com/repos/tools/app/actions/runners",
        "https://git.example.org/tools, SERVER, https://git.example.org/api/v3/orgs/tools/actions/runners",
        "https://git.example.org:8443/a/b, SERVER, https://git.example.org:8443/api/v3/repos/a/b/actions/runners",
        "http://127.0.0.1:8080/a/b, SERVER, http://127.0.0.1:8080/api/v3/repos/a/b/actions/runners",
    })
    void knows_whose_runners_they_are_and_where_to_ask(String text, GitHubAddress.Place place, String runners) {
        GitHubAddress address = GitHubAddress.parse(" " + text + " ");

        assertThat(address.place()).isEqualTo(place);
        assertThat(address.below("actions", "runners")).hasToString(runners);
        assertThat(address.web() + "/").startsWith(text.endsWith("/") ? text : text + "/");
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/ACME, it has to begin with https://, https://github.com/ORGANIZATION",
        "'', which is empty, https://github.com/ORGANIZATION",
        "https://github.com, it names no organization, https://github.com/ORGANIZATION",
        "https://github.com/enterprises, a page about it, https://github.com/enterprises/NAME",
        "https://github.com/orgs/ACME, a page about it, Give https://github.com/ACME",
        "https://github.com/organizations/ACME/settings/actions, a page about it, Give https://github.com/ACME",
        "https://github.com/a/b/settings/actions/runners/new, goes on behind, Give https://github.com/a/b",
        "https://github.com/a/b?tab=readme, has a ? or #, Leave out everything from there on",
        "https://api.github.com/orgs/ACME, api.github.com is not where people see runners, https://github.com/",
        "https://api.acme.ghe.com/tools, api.acme.ghe.com is not where, Give https://acme.ghe.com/",
        "https://ghe.com/tools, ghe.com is not where people see, https://github.com/",
        "http://github.com/ACME, without encryption, Give it with https://",
        "http://git.example.org/ACME, without encryption, Give it with https://",
        "https://github.com/a%20b, a name that GitHub does not allow, https://github.com/",
        "https://ada:s3cret@github.com/ACME, contains an account or a token, Leave out what stands before the @",
    })
    void says_what_is_wrong_with_an_address_and_gives_a_right_one(String text, String why, String remedy) {
        Problem problem = problem(text);

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary()).contains(why).doesNotContain("s3cret");
        assertThat(problem.remedies()).singleElement().asString().contains(remedy);
    }

    @Test
    void shows_its_credential_to_no_other_host() {
        GitHubAddress cloud = GitHubAddress.parse("https://github.com/ACME");
        GitHubAddress own = GitHubAddress.parse("https://git.example.org/ACME");

        assertThat(cloud.holds(cloud.below("x"))).isTrue();
        assertThat(own.holds(own.below("x"))).isTrue();
        assertThat(cloud.holds(own.below("x"))).isFalse();
        assertThat(own.holds(okhttp3.HttpUrl.get("https://git.example.org/other")))
                .isFalse();
        assertThat(own.holds(okhttp3.HttpUrl.get("http://git.example.org:443/api/v3/x")))
                .isFalse();
        assertThat(cloud.holds(okhttp3.HttpUrl.get("https://api.github.com:444/x")))
                .isFalse();
    }

    private static Problem problem(String text) {
        return Assertions.catchThrowableOfType(CrossarmException.class, () -> GitHubAddress.parse(text))
                .problem();
    }
}
