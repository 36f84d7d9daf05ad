package dev.crossarm.github;

import static dev.crossarm.github.TestGitHub.NOON;
import static dev.crossarm.github.TestGitHub.ORGANIZATION;
import static dev.crossarm.github.TestGitHub.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.Failure.Kind;
import dev.crossarm.text.Mask;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AppCredentialTest extends WithGitHub {
    private static final String INSTALLATION =
            "{\"id\":55,\"permissions\":{\"organization_self_hosted_runners\":\"write\"},\"suspended_at\":null}";

    /** The new form: what an App's number and a JWT make. */
    private static final String LONG =
            "ghs_123_eyJhbGciOiJSUzI1NiJ9." + "aB3-_x".repeat(60) + "." + "Zz09-_".repeat(20);

    @Test
    void finds_its_installation_once_and_renews_its_token_before_it_ends() {
        RunnersApi api = TestKeys.app(github, ORGANIZATION).runners();
        github.enqueue(200, INSTALLATION);
        github.enqueue(201, TestGitHub.token(LONG, NOON.plusSeconds(3600)));
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).value()).isPresent();
        github.pass(Duration.ofMinutes(49));
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).value()).isPresent();

        github.pass(Duration.ofMinutes(2));
        github.enqueue(201, TestGitHub.token("ghs_" + "a1B2".repeat(9), github.now.plusSeconds(3600)));
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).value()).isPresent();

        assertThat(github.taken().getTarget()).isEqualTo("/api/v3/orgs/ACME/installation");
        RecordedRequest made = github.taken();
        assertThat(made.getMethod() + " " + made.getTarget())
                .isEqualTo("POST /api/v3/app/installations/55/access_tokens");
        assertThat(made.getHeaders().get("Authorization")).matches("Bearer eyJ[^.]+\\.[^.]+\\.[^.]+");
        assertThat(github.taken().getHeaders().get("Authorization")).isEqualTo("Bearer " + LONG);
        github.taken();
        assertThat(github.taken().getTarget()).endsWith("access_tokens");
        assertThat(github.taken().getHeaders().get("Authorization")).isEqualTo("Bearer ghs_" + "a1B2".repeat(9));
        assertThat(Mask.FORMS.watching(github.secrets).over("a " + LONG + " b")).isEqualTo("a *** b");
    }

    @Test
    void goes_by_github_s_clock() {
        Instant server = NOON.plus(Duration.ofMinutes(55));
        RunnersApi api =
                TestKeys.app(github, new RunnerScope.Repository("ada", "app")).runners();
        String late = TestGitHub.date(server);
        github.server.enqueue(new mockwebserver3.MockResponse.Builder()
                .code(401)
                .addHeader("Date", late)
                .body("{\"message\":\"'Issued at' claim ('iat') must be an Integer representing the time\"}")
                .build());
        github.server.enqueue(answered(late, 200, INSTALLATION));
        github.server.enqueue(answered(late, 201, TestGitHub.token(LONG, server.plusSeconds(3600))));
        github.server.enqueue(answered(late, 200, runner(7, "a")));

        assertThat(api.get(7).failure()).isEmpty();

        assertThat(github.taken().getTarget()).isEqualTo("/api/v3/repos/ada/app/installation");
        assertThat(claims(github.taken()))
                .contains("\"exp\":" + server.plusSeconds(540).getEpochSecond());
        // By the clock of this host the token would have run out long ago, or have 55 minutes more.
        github.pass(Duration.ofMinutes(48));
        github.server.enqueue(answered(TestGitHub.date(server.plusSeconds(2880)), 200, runner(7, "a")));
        assertThat(api.get(7).failure()).isEmpty();
        assertThat(github.server.getRequestCount()).isEqualTo(5);
    }

    private static mockwebserver3.MockResponse answered(String date, int status, String body) {
        return new mockwebserver3.MockResponse.Builder()
                .code(status)
                .addHeader("Date", date)
                .body(body)
                .build();
    }

    private static String claims(RecordedRequest request) {
        String signed = String.valueOf(request.getHeaders().get("Authorization"));
        return new String(
                Base64.getUrlDecoder().decode(signed.split("\\.", -1)[1]), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void gets_a_new_token_when_the_old_one_is_refused_also_for_a_write() {
        RunnersApi api = TestKeys.app(github, ORGANIZATION).runners();
        github.enqueue(200, INSTALLATION);
        github.enqueue(201, TestGitHub.token("ghs_first", NOON.plusSeconds(3600)));
        github.enqueue(401, "{\"message\":\"Bad credentials\"}");
        github.enqueue(201, TestGitHub.token("of-a-form-nobody-knows", NOON.plusSeconds(3600)));
        github.enqueue(204, "");

        assertThat(api.delete(7).failure()).isEmpty();
        assertThat(Mask.FORMS.watching(github.secrets).over("of-a-form-nobody-knows"))
                .isEqualTo("***");
        assertThat(github.server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void uses_the_old_token_to_its_end_while_github_has_trouble() {
        RunnersApi api = TestKeys.app(github, ORGANIZATION).runners();
        github.enqueue(200, INSTALLATION);
        github.enqueue(201, TestGitHub.token("ghs_first", NOON.plusSeconds(3600)));
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).failure()).isEmpty();

        github.pass(Duration.ofMinutes(52));
        github.enqueue(502, "");
        github.enqueue(200, runner(7, "a"));
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).failure()).isEmpty();
        assertThat(api.get(7).failure()).isEmpty();
        assertThat(github.server.getRequestCount()).isEqualTo(6);

        github.pass(Duration.ofMinutes(7).plusSeconds(30));
        github.enqueue(502, "");
        assertThat(api.get(7).failedAs(Kind.SERVER_TROUBLE)).isTrue();
    }

    @Test
    void looks_for_its_installation_again_when_that_is_gone() {
        RunnersApi api = TestKeys.app(github, ORGANIZATION).runners();
        github.enqueue(200, INSTALLATION);
        github.enqueue(404, "{\"message\":\"Not Found\"}");
        github.enqueue(200, INSTALLATION.replace("55", "56"));
        github.enqueue(201, TestGitHub.token("ghs_first", NOON.plusSeconds(3600)));
        github.enqueue(200, runner(7, "a"));

        assertThat(api.get(7).failure()).isEmpty();
        for (int i = 0; i < 3; i++) {
            github.taken();
        }
        assertThat(github.taken().getTarget()).contains("/56/");
    }

    @Test
    void says_what_is_wrong_with_it() {
        github.enqueue(404, "{\"message\":\"Not Found\"}");
        assertThat(code(ORGANIZATION)).isEqualTo("github-app-not-installed");
        github.enqueue(200, INSTALLATION.replace("null", "\"2026-11-01T00:00:00Z\""));
        assertThat(code(ORGANIZATION)).isEqualTo("github-app-suspended");
        github.enqueue(401, "{\"message\":\"A JSON web token could not be decoded\"}");
        assertThat(code(ORGANIZATION)).isEqualTo("github-app-refused");
        github.enqueue(200, "{\"id\":55}");
        assertThat(code(ORGANIZATION)).isEqualTo("github-answer-unreadable");
        github.enqueue(200, INSTALLATION);
        github.enqueue(201, "{\"token\":\"with blank\",\"expires_at\":\"2026-11-30T13:00:00Z\"}");
        assertThat(code(ORGANIZATION)).isEqualTo("github-answer-unreadable");
    }

    private String code(RunnerScope scope) {
        Failure failure = TestKeys.app(github, scope).runners().list().failure().orElseThrow();
        assertThat(failure.problem().toString()).doesNotContain("PRIVATE KEY", "eyJ");
        return failure.problem().code();
    }

    @Test
    void says_at_once_that_an_enterprise_takes_no_app_and_what_it_takes() {
        Failure failure = TestKeys.app(github, new RunnerScope.Enterprise("big-co"))
                .runners()
                .list()
                .failure()
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo(Kind.NOT_OFFERED);
        assertThat(failure.problem().summary()).contains("classic token with the scope manage_runners:enterprise");
        assertThat(github.server.getRequestCount()).isZero();
    }

    @Test
    void reads_a_new_key_from_its_file() {
        RunnersApi api = TestKeys.app(github, ORGANIZATION).runners();
        github.secret("app.pem", "nothing");
        assertThat(api.list().failure().orElseThrow().problem().code()).isEqualTo("github-key-unusable");
        github.secret("app.pem", TestKeys.pkcs8());
        github.enqueue(404, "{}");
        assertThat(api.list().failure().orElseThrow().problem().code()).isEqualTo("github-app-not-installed");
    }
}
