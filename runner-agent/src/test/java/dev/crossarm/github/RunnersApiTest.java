package dev.crossarm.github;

import static dev.crossarm.github.TestGitHub.ORGANIZATION;
import static dev.crossarm.github.TestGitHub.runner;
import static dev.crossarm.github.TestGitHub.runners;
import static dev.crossarm.github.TestGitHub.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.Failure.Kind;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.text.Mask;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes of answers that GitHub does not describe, and of networks on bad days. */
@Timeout(60)
final class RunnersApiTest extends WithGitHub {
    private static final JitRequest JIT = new JitRequest("arm-1-a", 1, List.of("self-hosted", "musl"), "_work");
    private static final String MADE =
            "{\"runner\":" + runner(7, "arm-1-a") + ",\"encoded_jit_config\":\"eyIucnVubmVyIjoi\"}";

    @Test
    void reads_every_page_and_each_runner_once() {
        String next = github.server.url("/api/v3/orgs/ACME/actions/runners") + "?per_page=100&page=";
        github.enqueue(200, runners(runner(1, "a"), runner(2, "b")), "Link", link(next + 2, "next", next + 9, "last"));
        github.enqueue(200, runners(runner(2, "b"), runner(3, "c")), "Link", link(next + 1, "prev", next + 3, "next"));
        github.enqueue(
                200, runners(runner(9_007_199_254_740_993L, "d")), "Link", link(next + 1, "first", next + 2, "prev"));

        List<Runner> found = github.access().runners().list().orThrow();

        assertThat(found).extracting(Runner::id).containsExactly(1L, 2L, 3L, 9_007_199_254_740_993L);
        assertThat(found.get(0).labels())
                .containsExactly(new Runner.Label("self-hosted", true), new Runner.Label("musl", false));
        assertThat(github.taken().getTarget()).isEqualTo("/api/v3/orgs/ACME/actions/runners?per_page=100");
        assertThat(github.taken().getTarget()).endsWith("page=2");
        assertThat(github.taken().getTarget()).endsWith("page=3");
    }

    private static String link(String one, String rel, String other, String otherRel) {
        return "<" + one + ">; rel=\"" + rel + "\", <" + other + ">; rel=\"" + otherRel + "\"";
    }

    @Test
    void follows_no_link_to_another_host() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            String away = other.url("/api/v3/orgs/ACME/actions/runners?page=2").toString();
            github.enqueue(200, runners(runner(1, "a")), "Link", "<" + away + ">; rel=\"next\"");

            Failure failure = failure(github.access().runners().list());

            assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
            assertThat(failure.problem().summary()).contains("must not see the credential");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void ends_when_a_page_links_to_itself() {
        String self = github.server
                .url("/api/v3/orgs/ACME/actions/runners?per_page=100")
                .toString();
        github.enqueue(200, runners(runner(1, "a")), "Link", "<" + self + ">; rel=\"next\"");

        assertThat(failure(github.access().runners().list()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void follows_a_redirect_of_a_read_on_its_own_host_only() throws Exception {
        github.enqueue(301, "", "Location", "/api/v3/organizations/5/actions/runners/7");
        github.enqueue(200, runner(7, "a"));
        assertThat(github.access().runners().get(7).orThrow().name()).isEqualTo("a");
        github.taken();
        assertThat(github.taken().getHeaders().get("Authorization")).startsWith("Bearer ");

        try (MockWebServer other = new MockWebServer()) {
            other.start();
            github.enqueue(307, "", "Location", other.url("/x").toString());
            assertThat(failure(github.access().runners().get(7)).problem().code())
                    .isEqualTo("github-sends-elsewhere");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void redirects_no_write() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            github.enqueue(status, "", "Location", "/api/v3/organizations/5/actions/runners/registration-token");

            Failure failure = failure(github.access().runners().registrationToken());

            assertThat(failure.kind()).isEqualTo(Kind.MOVED);
            assertThat(failure.uncertain()).isFalse();
        }
        assertThat(github.server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void sends_a_write_once_when_the_server_reads_it_and_closes_a_connection_that_was_used_before() {
        RunnersApi api = github.access().runners();
        github.enqueue(201, token("AABF3JGZDX3P5PMEXLND6TS6FCWO6", TestGitHub.NOON));
        api.registrationToken().orThrow();
        for (int i = 0; i < 3; i++) {
            github.server.enqueue(github.answer(201)
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }

        Failure failure = failure(api.jit(JIT));

        assertThat(github.server.getRequestCount()).isEqualTo(2);
        assertThat(failure.kind()).isEqualTo(Kind.CUT_OFF);
        assertThat(failure.uncertain()).isTrue();
        assertThat(failure.repeatable()).isFalse();
        assertThat(failure.problem().summary()).contains("it may have been done all the same");
        assertThat(github.taken().getConnectionIndex()).isEqualTo(github.taken().getConnectionIndex());
    }

    @Test
    void sends_a_write_once_whatever_status_invites_to_repeat_it() {
        RunnersApi api = github.access().runners();
        for (int status : List.of(408, 503, 421, 500)) {
            int before = github.server.getRequestCount();
            github.enqueue(status, "{}", "Retry-After", "0");
            github.enqueue(201, MADE);

            Failure failure = failure(api.jit(JIT));

            assertThat(github.server.getRequestCount() - before)
                    .as("%d", status)
                    .isEqualTo(1);
            if (status != 421) {
                assertThat(failure.kind()).isEqualTo(Kind.SERVER_TROUBLE);
                assertThat(failure.uncertain()).isTrue();
                assertThat(failure.repeatable()).isFalse();
            }
            api.list();
        }
    }

    @Test
    void says_that_nothing_was_sent_when_no_connection_stood() {
        GitHubAccess access = github.access();
        github.server.close();

        Failure failure = failure(access.runners().jit(JIT));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.uncertain()).isFalse();
        assertThat(failure.repeatable()).isTrue();
    }

    @Test
    void says_which_variable_names_a_proxy_that_cannot_be_used_and_shows_no_password() {
        github.environment = Map.of("http_proxy", "ftp://ada:s3cret@proxy:1", "no_proxy", "example.org");

        Failure failure = failure(github.access().runners().list());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.problem().summary()).contains("http_proxy").doesNotContain("s3cret");
    }

    @Test
    void says_what_old_servers_and_new_versions_of_java_disagree_about() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread refusing = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("this is no TLS\r\n".getBytes(UTF_8));
                } catch (IOException over) {
                    return;
                }
            });
            refusing.start();
            GitHubAddress own = GitHubAddress.served(
                    HttpUrl.get("https://127.0.0.1:" + plain.getLocalPort() + "/api/v3"),
                    GitHubAddress.Place.SERVER,
                    ORGANIZATION);

            Failure failure =
                    failure(github.access(own, new CredentialSource.TokenFile(github.tokenFile()), github.noPace())
                            .runners()
                            .jit(JIT));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.uncertain()).isFalse();
            assertThat(failure.problem().remedies()).last().asString().contains("Java 21");
        }
    }

    @Test
    void looks_up_by_name_what_may_have_been_made() {
        github.enqueue(200, runners(runner(1, "arm-1-a-old"), runner(7, "ARM-1-a")));

        assertThat(github.access()
                        .runners()
                        .named("arm-1-a")
                        .orThrow()
                        .orElseThrow()
                        .id())
                .isEqualTo(7);
        assertThat(github.taken().getUrl().queryParameter("name")).isEqualTo("arm-1-a");
    }

    @Test
    void waits_no_longer_for_a_slow_server_than_the_call_may_take() {
        github.limits = TestGitHub.QUICK;
        github.server.enqueue(
                github.answer(200).headersDelay(5, TimeUnit.SECONDS).build());
        assertThat(failure(github.access().runners().get(7)).kind()).isEqualTo(Kind.CUT_OFF);

        github.server.enqueue(github.answer(201)
                .body(MADE)
                .throttleBody(3, 200, TimeUnit.MILLISECONDS)
                .build());
        Failure failure = failure(github.access().runners().jit(JIT));
        assertThat(failure.kind()).isEqualTo(Kind.CUT_OFF);
        assertThat(failure.uncertain()).isTrue();
    }

    @Test
    void does_not_take_half_an_answer_for_a_whole_one() {
        github.limits = TestGitHub.QUICK;
        for (MockResponse.Builder cut : List.of(
                github.answer(201).body(MADE).setHeader("Content-Length", "100000"),
                github.answer(201)
                        .chunkedBody(MADE.repeat(200), 1000)
                        .onResponseBody(new SocketEffect.CloseSocket()))) {
            github.server.enqueue(cut.build());
            Failure failure = failure(github.access().runners().jit(JIT));
            assertThat(failure.kind()).isEqualTo(Kind.CUT_OFF);
            assertThat(failure.uncertain()).isTrue();
        }
    }

    @Test
    void reads_no_answer_without_an_end() {
        github.server.enqueue(github.answer(200)
                .body(new Buffer().write(new byte[Wire.LARGEST + 1]))
                .build());

        Failure failure = failure(github.access().runners().list());

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure.problem().detail()).contains("more than");
    }

    @Test
    void understands_no_garbage_and_quotes_none_of_it() {
        RunnersApi api = github.access().runners();
        for (String body : List.of(
                "",
                "null",
                "[]",
                "<html>token=s3cret</html>",
                "{\"token\":\"s3cret\"",
                "{\"token\":\"s3cret\"}",
                "{\"token\":\"s3cret\",\"expires_at\":\"soon\"}",
                "{\"token\":7,\"expires_at\":\"2026-11-30T13:00:00Z\"}",
                "{\"token\":\"  \",\"expires_at\":\"2026-11-30T13:00:00Z\"}",
                "{\"token\":\"s3cret\",\"expires_at\":\"2026-11-30T13:00:00Z\"} {}",
                "[".repeat(5000))) {
            github.enqueue(201, body);
            Failure failure = failure(api.registrationToken());
            assertThat(failure.kind()).as(body).isEqualTo(Kind.GARBAGE);
            assertThat(failure.uncertain()).isTrue();
            assertThat(failure.problem().toString()).doesNotContain("s3cret");
        }
        github.enqueue(200, runners("{\"id\":\"7\"}"));
        assertThat(failure(api.list()).problem().detail()).isEqualTo("the field runners[0].id is not a whole number");
        github.enqueue(200, runner(7, "a").replace("\"id\":7", "\"id\":92233720368547758070"));
        assertThat(failure(api.get(7)).kind()).isEqualTo(Kind.GARBAGE);
        github.enqueue(200, "x", "Content-Encoding", "br");
        assertThat(failure(api.get(7)).problem().detail()).contains("encoding br");
        github.enqueue(200, "not gzip", "Content-Encoding", "gzip");
        assertThat(failure(api.get(7)).kind()).isIn(Kind.CUT_OFF, Kind.GARBAGE);
    }

    @Test
    void names_the_right_that_is_missing_in_one_line() {
        github.enqueue(
                403,
                "{\"message\":\"Resource not accessible by personal access token\"}",
                "X-Accepted-GitHub-Permissions",
                "organization_self_hosted_runners=write",
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                Long.toString(TestGitHub.NOON.getEpochSecond() + 1800));
        Failure told = failure(github.access().runners().jit(JIT));
        assertThat(told.kind()).isEqualTo(Kind.MISSING_RIGHT);
        assertThat(told.problem().summary())
                .isEqualTo("cannot make the runner arm-1-a for ACME: the credential lacks the organization permission"
                        + " Self-hosted runners (write)");

        github.enqueue(403, "{\"message\":\"Must have admin rights to Repository.\"}");
        RunnerScope repository = new RunnerScope.Repository("ada", "app");
        assertThat(failure(github.access(repository).runners().list()).problem().summary())
                .endsWith(
                        "lacks the repository permission Administration (read), or the scope repo of a classic token");

        github.enqueue(403, "{}", "X-GitHub-SSO", "required; url=https://github.com/orgs/ACME/sso?x=y");
        assertThat(failure(github.access().runners().list()).problem().code()).isEqualTo("github-sso");

        github.enqueue(404, "{\"message\":\"Not Found\"}");
        Failure hidden = failure(github.access().runners().list());
        assertThat(hidden.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(hidden.problem().remedies()).anyMatch(remedy -> remedy.contains("name a repository"));
    }

    @Test
    void tells_a_busy_runner_from_a_request_that_is_wrong() {
        RunnersApi api = github.access().runners();
        github.enqueue(
                422,
                "{\"message\":\"Bad request - Runner \\\"arm-1\\\" is currently running a job and cannot be deleted.\"}");
        assertThat(failure(api.delete(7)).kind()).isEqualTo(Kind.BUSY);
        github.enqueue(
                422, "{\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"labels are too long\"},\"x\"]}");
        Failure wrong = failure(api.setLabels(7, List.of("x")));
        assertThat(wrong.kind()).isEqualTo(Kind.INVALID);
        assertThat(wrong.problem().detail()).contains("Validation Failed; labels are too long; x");
        github.enqueue(409, "{\"message\":\"Already exists - A runner with the name arm-1-a already exists.\"}");
        assertThat(failure(api.jit(JIT)).kind()).isEqualTo(Kind.CONFLICT);
        github.enqueue(204, "");
        assertThat(api.delete(7).orThrow()).isEqualTo(7);
    }

    @Test
    void knows_each_kind_of_limit_and_sends_nothing_until_it_is_over() {
        String reset = Long.toString(TestGitHub.NOON.getEpochSecond() + 1800);
        expectLimit(Duration.ofMinutes(30), 403, "{\"message\":\"API rate limit exceeded for user ID 1.\"}", reset);
        expectLimit(Duration.ofMinutes(30), 429, "{\"message\":\"Too fast\"}", reset);
        expectLimit(
                Duration.ofMinutes(1),
                403,
                "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes.\"}",
                "");
        expectLimit(Duration.ofMinutes(1), 403, "You have triggered an abuse detection mechanism", "");
        expectLimit(Duration.ofMinutes(1), 429, "<html>slow down</html>", "");
        github.enqueue(429, "{}", "Retry-After", "77");
        assertThat(failure(github.access().runners().list()).pause())
                .isBetween(Duration.ofSeconds(77), Duration.ofSeconds(97));
    }

    private void expectLimit(Duration least, int status, String body, String reset) {
        RunnersApi api = github.access().runners();
        int before = github.server.getRequestCount();
        github.enqueue(
                status,
                body,
                reset.isEmpty() ? "X-Nothing" : "X-RateLimit-Remaining",
                "0",
                reset.isEmpty() ? "X-Nothing" : "X-RateLimit-Reset",
                reset);
        Failure failure = failure(api.list());
        assertThat(failure.kind()).as(body).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.pause()).isBetween(least, least.plus(Duration.ofSeconds(62)));
        assertThat(failure.repeatable()).isTrue();

        assertThat(failure(api.get(7)).kind()).isEqualTo(Kind.NOT_YET);
        assertThat(github.server.getRequestCount() - before).isEqualTo(1);
    }

    @Test
    void asks_no_more_once_an_answer_says_that_nothing_is_left() {
        RunnersApi api = github.access().runners();
        github.enqueue(
                200,
                runner(7, "a"),
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                Long.toString(TestGitHub.NOON.getEpochSecond() + 60));
        assertThat(api.get(7).value()).isPresent();

        Failure failure = failure(api.get(7));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_YET);
        github.pass(failure.pause());
        github.enqueue(200, runner(7, "a"));
        assertThat(api.get(7).value()).isPresent();
    }

    @Test
    void keeps_a_second_between_writes_and_waits_in_no_thread() {
        RequestPace pace = new RequestPace(github.clock(), new Random(1), RequestPace.USUAL);
        RunnersApi api = github.access(
                        github.address(ORGANIZATION), new CredentialSource.TokenFile(github.tokenFile()), pace)
                .runners();
        github.enqueue(201, token("one-token", TestGitHub.NOON));
        assertThat(api.registrationToken().value()).isPresent();

        Failure failure = failure(api.jit(JIT));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_YET);
        assertThat(failure.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(failure.uncertain()).isFalse();
        assertThat(github.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asks_whether_anything_has_changed_with_a_tag_for_each_token() {
        RunnersApi api = github.access().runners();
        github.enqueue(200, runner(7, "a"), "ETag", "W/\"1\"");
        github.enqueue(304, "");
        github.enqueue(200, runner(7, "b"), "ETag", "W/\"2\"");
        assertThat(api.get(7).orThrow().name()).isEqualTo("a");
        assertThat(api.get(7).orThrow().name()).isEqualTo("a");
        github.secret("token", "ghp_" + "Zz9Y".repeat(9));
        assertThat(api.get(7).orThrow().name()).isEqualTo("b");

        assertThat(github.taken().getHeaders().get("If-None-Match")).isNull();
        assertThat(github.taken().getHeaders().get("If-None-Match")).isEqualTo("W/\"1\"");
        assertThat(github.taken().getHeaders().get("If-None-Match")).isNull();
    }

    @Test
    void sends_what_github_asks_for_and_shows_no_secret() {
        github.enqueue(201, MADE);

        JitConfig made = github.access().runners().jit(JIT).orThrow();

        RecordedRequest request = github.taken();
        assertThat(request.getHeaders().get("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/vnd.github+json");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("crossarm");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TestGitHub.TOKEN);
        assertThat(made.toString()).contains("***").doesNotContain("eyIu");
        assertThat(Mask.FORMS.watching(github.secrets).over("started with eyIucnVubmVyIjoi"))
                .isEqualTo("started with ***");
    }

    @Test
    void has_no_groups_for_a_repository_and_asks_a_server_for_no_dates() {
        assertThat(failure(github.access(new RunnerScope.Repository("a", "b"))
                                .runners()
                                .groups())
                        .kind())
                .isEqualTo(Kind.NOT_OFFERED);
        assertThat(github.access().runners().versionDates("2.338.1").orThrow().runEnds())
                .isEmpty();
        assertThat(github.server.getRequestCount()).isZero();
    }

    @Test
    void ends_at_once_when_it_is_interrupted() throws InterruptedException {
        github.server.enqueue(
                github.answer(201).headersDelay(5, TimeUnit.SECONDS).build());
        RunnersApi api = github.access().runners();
        Failure[] seen = new Failure[1];
        Thread caller = new Thread(() -> seen[0] = failure(api.jit(JIT)));
        caller.start();
        github.taken();
        caller.interrupt();
        caller.join(3000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(seen[0].problem().code()).isEqualTo("interrupted");
        assertThat(seen[0].uncertain()).isTrue();
        assertThat(seen[0].repeatable()).isFalse();
    }

    private static Failure failure(Answer<?> answer) {
        return answer.failure().orElseThrow(() -> new AssertionError("no failure, but " + answer));
    }
}
