package dev.crossarm.github;

import static dev.crossarm.github.TestGitHub.NOON;
import static dev.crossarm.github.TestGitHub.ORGANIZATION;
import static dev.crossarm.github.TestGitHub.runner;
import static dev.crossarm.github.TestGitHub.runners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.CredentialReport.Ability;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The credential's trial, and the questions that github-api asks for us. */
@Timeout(60)
final class CredentialTrialTest extends WithGitHub {
    private static final String RATE =
            "{\"resources\":{\"core\":{\"limit\":5000,\"remaining\":4990,\"reset\":1764504000},"
                    + "\"search\":{\"limit\":30,\"remaining\":30,\"reset\":1764504000}},"
                    + "\"rate\":{\"limit\":5000,\"remaining\":4990,\"reset\":1764504000}}";

    @Test
    void tells_from_an_app_s_installation_what_it_may_do() {
        github.enqueue(200, "{\"id\":55,\"permissions\":{\"organization_self_hosted_runners\":\"read\"}}");
        github.enqueue(201, TestGitHub.token("ghs_first", NOON.plusSeconds(3600)));
        github.enqueue(200, runners(runner(7, "a")));
        github.enqueue(200, RATE);

        CredentialReport report = TestKeys.app(github, ORGANIZATION).tryCredential();

        assertThat(report.credential()).isEqualTo("the GitHub App 123");
        assertThat(report.reads()).isEqualTo(Ability.YES);
        assertThat(report.writes()).isEqualTo(Ability.NO);
        assertThat(report.problems())
                .extracting(Problem::summary)
                .containsExactly("the GitHub App 123 may see the runners of ACME and not change them: it lacks the"
                        + " organization permission Self-hosted runners (write), or the scope admin:org of a classic"
                        + " token");
        assertThat(report.rate().orElseThrow().remaining()).isEqualTo(4990);
    }

    @Test
    void tells_from_a_classic_token_s_scopes_what_it_may_do() {
        assertThat(writes(ORGANIZATION, "repo, admin:org")).isEqualTo(Ability.YES);
        assertThat(writes(ORGANIZATION, "repo, read:org")).isEqualTo(Ability.NO);
        assertThat(writes(new RunnerScope.Repository("a", "b"), "repo")).isEqualTo(Ability.YES);
        assertThat(writes(new RunnerScope.Enterprise("big-co"), "admin:enterprise"))
                .isEqualTo(Ability.YES);
        assertThat(writes(ORGANIZATION, "")).isEqualTo(Ability.UNKNOWN);
    }

    private Ability writes(RunnerScope scope, String scopes) {
        github.enqueue(200, runners(), "X-OAuth-Scopes", scopes);
        github.enqueue(200, RATE);
        return github.access(scope).tryCredential().writes();
    }

    @Test
    void says_no_only_when_github_does() {
        github.enqueue(403, "{\"message\":\"Resource not accessible by personal access token\"}");
        CredentialReport refused = github.access().tryCredential();
        assertThat(refused.reads()).isEqualTo(Ability.NO);
        assertThat(refused.problems()).extracting(Problem::code).containsExactly("github-missing-right");

        github.enqueue(500, "");
        CredentialReport unknown = github.access().tryCredential();
        assertThat(unknown.reads()).isEqualTo(Ability.UNKNOWN);
        assertThat(unknown.writes()).isEqualTo(Ability.UNKNOWN);

        CredentialReport enterprise =
                TestKeys.app(github, new RunnerScope.Enterprise("big-co")).tryCredential();
        assertThat(enterprise.reads()).isEqualTo(Ability.NO);
        assertThat(github.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void lets_the_library_neither_wait_nor_ask_again_nor_see_the_credential() {
        long start = System.nanoTime();
        for (int status : new int[] {401, 403, 404, 429, 500, 502, 503}) {
            int before = github.server.getRequestCount();
            github.enqueue(
                    status,
                    "{\"message\":\"API rate limit exceeded\"}",
                    "ETag",
                    "\"x\"",
                    "Retry-After",
                    "0",
                    "X-RateLimit-Remaining",
                    "0",
                    "X-RateLimit-Limit",
                    "60");
            github.enqueue(status, "{}");
            assertThat(github.access().repository("ada", "app").failure())
                    .as("%d", status)
                    .isPresent();
            int asked = github.server.getRequestCount() - before;
            // OkHttp takes a 503 that may be repeated at once by its word; this is a read.
            assertThat(asked).as("%d", status).isLessThanOrEqualTo(status == 503 ? 2 : 1);
            if (asked == 1) {
                github.enqueue(404, "{}");
                github.access().repository("ada", "app");
                github.taken();
            }
            github.taken();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void knows_a_public_repository() {
        github.enqueue(200, repository("public", false));
        assertThat(github.access().repository("ada", "app").orThrow())
                .isEqualTo(new RepositoryFacts("ada/app", true, false));
        github.enqueue(200, repository("internal", true));
        assertThat(github.access().repository("ada", "app").orThrow().open()).isFalse();
        github.enqueue(200, "{\"full_name\":");
        assertThat(github.access().repository("ada", "app").failedAs(Failure.Kind.GARBAGE))
                .isTrue();
        assertThat(github.taken().getHeaders().get("Authorization")).isEqualTo("Bearer " + TestGitHub.TOKEN);
    }

    private static String repository(String visibility, boolean hidden) {
        return "{\"id\":1,\"full_name\":\"ada/app\",\"visibility\":\"" + visibility + "\",\"private\":" + hidden
                + ",\"archived\":false}";
    }
}
