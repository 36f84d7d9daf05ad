package dev.crossarm.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.github.Failure.Kind;
import dev.crossarm.github.credential.CredentialSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call about runners against what GitHub describes, in each of its editions: what is asked, and every answer. */
@Tag("network")
@Timeout(300)
final class RunnersDescribedTest {
    private static final Map<String, OpenApi> DESCRIPTIONS = new TreeMap<>();
    private static final List<RunnerScope> SCOPES = List.of(
            new RunnerScope.Repository("ada", "my.app"),
            new RunnerScope.Organization("ACME"),
            new RunnerScope.Enterprise("big-co"));
    private static final long ID = 9_007_199_254_740_993L;

    @TempDir
    private Path folder;

    private record Case(String name, String method, String path, Function<RunnersApi, Answer<?>> call) {}

    private static final List<Case> CASES = List.of(
            new Case("list", "GET", "/actions/runners", RunnersApi::list),
            new Case("named", "GET", "/actions/runners", api -> api.named("arm-1")),
            new Case("get", "GET", "/actions/runners/{runner_id}", api -> api.get(ID)),
            new Case("delete", "DELETE", "/actions/runners/{runner_id}", api -> api.delete(ID)),
            new Case("token", "POST", "/actions/runners/registration-token", RunnersApi::registrationToken),
            new Case("remove", "POST", "/actions/runners/remove-token", RunnersApi::removeToken),
            new Case(
                    "jit",
                    "POST",
                    "/actions/runners/generate-jitconfig",
                    api -> api.jit(new JitRequest("arm-1-a", 1, List.of("self-hosted", "x86_64-musl"), "_work"))),
            new Case("downloads", "GET", "/actions/runners/downloads", RunnersApi::downloads),
            new Case("labels", "GET", "/actions/runners/{runner_id}/labels", api -> api.labels(ID)),
            new Case(
                    "set labels",
                    "PUT",
                    "/actions/runners/{runner_id}/labels",
                    api -> api.setLabels(ID, List.of("drain-1"))),
            new Case("no labels", "PUT", "/actions/runners/{runner_id}/labels", api -> api.setLabels(ID, List.of())),
            new Case("groups", "GET", "/actions/runner-groups", RunnersApi::groups),
            new Case("dates", "GET", "/actions/runners/deprecations/{version}", api -> api.versionDates("2.338.1")));

    static Stream<Object[]> editions() {
        return Stream.of("api.github.com", "ghec", "ghes-3.19")
                .flatMap(edition -> SCOPES.stream().map(scope -> new Object[] {edition, scope}));
    }

    private static OpenApi description(String edition) {
        return DESCRIPTIONS.computeIfAbsent(edition, OpenApi::of);
    }

    private static boolean offered(OpenApi description, RunnerScope scope, Case one) {
        String path = "/" + String.join("/", scope.segments())
                + one.path().replace("{runner_id}", Long.toString(ID)).replace("{version}", "2.338.1");
        return description
                .operation(one.method(), path)
                .filter(operation -> operation.path().endsWith(one.path()))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("editions")
    void asks_as_it_is_described_and_understands_every_answer(String edition, RunnerScope scope) {
        OpenApi description = description(edition);
        try (TestGitHub github = new TestGitHub(folder)) {
            DescribedGitHub described = new DescribedGitHub(description, github);
            RunnersApi api = github.access(
                            github.address(scope, GitHubAddress.Place.CLOUD),
                            new CredentialSource.TokenFile(github.tokenFile()),
                            github.noPace())
                    .runners();
            int tried = 0;
            for (Case one : CASES) {
                if (!offered(description, scope, one)) {
                    continue;
                }
                for (SchemaSample.Fill fill : SchemaSample.Fill.values()) {
                    for (int time = 0; time < 2; time++) {
                        described.answering(0, fill);
                        Answer<?> answer = one.call().apply(api);
                        if (fill != SchemaSample.Fill.LEAST || !isListMissing(answer)) {
                            assertThat(answer.failure())
                                    .as("%s, %s", one.name(), fill)
                                    .isEmpty();
                        }
                    }
                }
                tried++;
                everyRefusal(description, scope, described, api, one);
            }
            assertThat(described.wrong()).isEmpty();
            assertThat(tried)
                    .isGreaterThanOrEqualTo(
                            edition.equals("api.github.com") && scope instanceof RunnerScope.Enterprise ? 0 : 10);
        }
    }

    /** An enterprise's list may be left out of the answer, as it is described: then there is nothing to understand. */
    private static boolean isListMissing(Answer<?> answer) {
        return answer.failedAs(Kind.GARBAGE)
                && answer.failure().orElseThrow().problem().detail().matches("the field [a-z_]+ is not a list");
    }

    private static void everyRefusal(
            OpenApi description, RunnerScope scope, DescribedGitHub described, RunnersApi api, Case one) {
        String path = "/" + String.join("/", scope.segments())
                + one.path().replace("{runner_id}", Long.toString(ID)).replace("{version}", "2.338.1");
        for (int status :
                description.operation(one.method(), path).orElseThrow().statuses()) {
            if (status < 300) {
                continue;
            }
            for (SchemaSample.Fill fill : SchemaSample.Fill.values()) {
                described.answering(status, fill);
                Failure failure = one.call().apply(api).failure().orElseThrow();
                assertThat(failure.kind()).as("%s %d", one.name(), status).isEqualTo(kind(status));
                assertThat(failure.problem().detail()).startsWith("HTTP " + status);
                assertThat(failure.uncertain()).isFalse();
            }
        }
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 422 -> Kind.INVALID;
            default -> throw new AssertionError("a status that nobody has thought of: " + status);
        };
    }

    @Test
    void leaves_no_call_untried() {
        List<String> tried = new ArrayList<>();
        for (RunnerScope scope : SCOPES) {
            for (Case one : CASES) {
                if (offered(description("ghec"), scope, one)) {
                    tried.add(scope.segments().get(0) + one.path() + " " + one.method());
                }
            }
        }
        // All but a repository's groups, which it has not.
        assertThat(new TreeSet<>(tried)).hasSize(3 * 11 - 1);
    }

    @Test
    void finds_an_app_s_installation_and_gets_its_token_as_described() {
        OpenApi description = description("ghec");
        for (RunnerScope scope : SCOPES.subList(0, 2)) {
            for (SchemaSample.Fill fill : SchemaSample.Fill.values()) {
                try (TestGitHub github = new TestGitHub(folder)) {
                    DescribedGitHub described = new DescribedGitHub(description, github);
                    described.answering(0, fill);
                    GitHubAccess access = TestKeys.app(github, scope);
                    Answer<List<Runner>> answer = access.runners().list();
                    if (fill != SchemaSample.Fill.NULLS) {
                        // The time at which it was suspended is always there, and null where it never was.
                        assertThat(answer.failure().orElseThrow().problem().code())
                                .isEqualTo("github-app-suspended");
                    } else {
                        assertThat(answer.failure()).as("%s %s", scope, fill).isEmpty();
                        assertThat(described.asked()).hasSize(3);
                    }
                    assertThat(described.wrong()).isEmpty();
                }
            }
        }
    }

    @Test
    void reads_a_repository_and_the_limits_as_described() {
        for (String edition : List.of("api.github.com", "ghec", "ghes-3.19")) {
            for (SchemaSample.Fill fill : SchemaSample.Fill.values()) {
                try (TestGitHub github = new TestGitHub(folder)) {
                    DescribedGitHub described = new DescribedGitHub(description(edition), github);
                    described.answering(0, fill);
                    described.withSmallNumbers();
                    GitHubAccess access = github.access();
                    assertThat(access.repository("ada", "my.app").failure())
                            .as("%s %s", edition, fill)
                            .isEmpty();
                    assertThat(access.rate().failure()).isEmpty();
                    for (int status : List.of(403, 404)) {
                        described.answering(status, fill);
                        assertThat(access.repository("ada", "my.app")
                                        .failure()
                                        .orElseThrow()
                                        .kind())
                                .isEqualTo(status == 403 ? Kind.MISSING_RIGHT : Kind.NOT_FOUND);
                    }
                    assertThat(described.wrong()).isEmpty();
                }
            }
        }
    }

    @Test
    void notices_requests_and_answers_that_are_not_as_described() throws IOException {
        OpenApi description = description("ghec");
        SchemaCheck check = new SchemaCheck(description);
        ObjectMapper mapper = new ObjectMapper();
        OpenApi.Operation jit = description
                .operation("POST", "/orgs/ACME/actions/runners/generate-jitconfig")
                .orElseThrow();
        var body = jit.node()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(check.of(mapper.readTree("{\"name\":7,\"labels\":[]}"), body))
                .containsExactlyInAnyOrder(
                        ".runner_group_id is missing", ".name is no string: NUMBER", ".labels is too short");
        var answer = description.answer(jit, 201).orElseThrow();
        assertThat(check.of(mapper.readTree("{\"runner\":{\"id\":\"7\"}}"), answer))
                .contains(
                        ".encoded_jit_config is missing",
                        ".runner.id is no integer: STRING",
                        ".runner.busy is missing");

        try (TestGitHub github = new TestGitHub(folder)) {
            DescribedGitHub described = new DescribedGitHub(description, github);
            github.access(new RunnerScope.Organization("A")).runners().setLabels(7, List.of("x".repeat(10)));
            assertThat(described.wrong()).isEmpty();
        }
        try (TestGitHub github = new TestGitHub(folder)) {
            DescribedGitHub described = new DescribedGitHub(description("api.github.com"), github);
            github.access(new RunnerScope.Enterprise("big-co")).runners().list();
            assertThat(described.wrong()).singleElement().asString().contains("nothing is described for GET");
        }
    }
}
