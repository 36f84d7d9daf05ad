package dev.crossarm.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.standin.GitHubStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stand-in's answers about runners against what GitHub describes: a double that answered otherwise would prove nothing. */
@Tag("network")
@Timeout(120)
final class StandInDescribedTest {
    private static final String TOKEN = "github_pat_11ABCDEFG0_" + "x9".repeat(30);

    /** The latest of GitHub's servers, and the cloud's for what servers do not have. */
    private static final OpenApi SERVER = OpenApi.of("ghes-3.19");

    private static final OpenApi CLOUD = OpenApi.of("ghec");

    private record Call(String method, String path, String body, int status) {}

    @Test
    void answers_every_call_about_runners_as_it_is_described() throws IOException, InterruptedException {
        try (GitHubStandIn standIn = new GitHubStandIn(0, Duration.ofSeconds(60), Duration.ofSeconds(1))) {
            standIn.acceptToken(TOKEN);
            standIn.knowVersion("2.338.1", "");
            standIn.knowVersion("2.336.0", "2026-11-05T00:00:00Z");
            String jit =
                    "{\"name\":\"NAME\",\"runner_group_id\":1,\"labels\":[\"x86_64-musl\"],\"work_folder\":\"_work\"}";
            for (String scope : List.of("/orgs/ACME", "/repos/ada/app")) {
                String runners = scope + "/actions/runners";
                String name = scope.substring(1).replace('/', '-');
                check(standIn, new Call("POST", runners + "/generate-jitconfig", jit.replace("NAME", name), 201));
                check(standIn, new Call("POST", runners + "/generate-jitconfig", jit.replace("NAME", name), 409));
                long id = standIn.runner(name);
                for (Call call : List.of(
                        new Call("GET", runners + "?name=" + name, "", 200),
                        new Call("GET", runners + "/" + id, "", 200),
                        new Call("GET", runners + "/" + id + "/labels", "", 200),
                        new Call("PUT", runners + "/" + id + "/labels", "{\"labels\":[\"drain\"]}", 200),
                        new Call("GET", runners + "/downloads", "", 200),
                        new Call("GET", runners + "/deprecations/2.338.1", "", 200),
                        new Call("GET", runners + "/deprecations/2.336.0", "", 200),
                        new Call("GET", runners + "/deprecations/1.0.0", "", 404),
                        new Call("POST", runners + "/registration-token", "", 201),
                        new Call("POST", runners + "/remove-token", "", 201),
                        new Call("DELETE", runners + "/" + id, "", 204),
                        new Call("DELETE", runners + "/" + id, "", 404))) {
                    check(standIn, call);
                }
            }
            check(standIn, new Call("GET", "/orgs/ACME/actions/runner-groups", "", 200));
        }
    }

    private static void check(GitHubStandIn standIn, Call call) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(standIn, call);
        assertThat(answer.statusCode()).as(call.toString()).isEqualTo(call.status());
        String path = call.path().replaceFirst("\\?.*", "");
        OpenApi description = SERVER.operation(call.method(), path).isPresent() ? SERVER : CLOUD;
        OpenApi.Operation operation = description.operation(call.method(), path).orElseThrow();
        // Not every error is described; those that are have a body, and so has every other.
        if (operation.statuses().contains(call.status())) {
            description
                    .answer(operation, call.status())
                    .ifPresent(schema -> assertThat(new SchemaCheck(description).of(json(answer.body()), schema))
                            .as("%s: %s", call, answer.body())
                            .isEmpty());
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException noJson) {
            throw new AssertionError(text, noJson);
        }
    }

    private static HttpResponse<String> send(GitHubStandIn standIn, Call call)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(standIn.address() + "/api/v3" + call.path()))
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
