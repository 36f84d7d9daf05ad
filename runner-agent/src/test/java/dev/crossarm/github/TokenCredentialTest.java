package dev.crossarm.github;

import static dev.crossarm.github.TestGitHub.ORGANIZATION;
import static dev.crossarm.github.TestGitHub.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TokenCredentialTest extends WithGitHub {
    @Test
    void takes_a_token_of_any_form_from_its_file_each_time() {
        RunnersApi api = github.access().runners();
        for (String token : List.of(
                "ghp_" + "a1B2".repeat(9),
                TestGitHub.TOKEN,
                "0123456789abcdef0123456789abcdef01234567",
                "v1.1f699f1069f60xxx")) {
            github.secret("token", "\n " + token + " \n");
            github.enqueue(200, runner(7, "a"));
            assertThat(api.get(7).failure()).isEmpty();
            assertThat(github.taken().getHeaders().get("Authorization")).isEqualTo("Bearer " + token);
            assertThat(Mask.FORMS.watching(github.secrets).over("<" + token + ">"))
                    .isEqualTo("<***>");
        }
    }

    @Test
    void wants_a_file_that_nobody_else_may_read() throws IOException {
        Path file = github.tokenFile();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Problem problem = problem(file);

        assertThat(problem.code()).isEqualTo("secret-readable-by-others");
        assertThat(problem.remedies()).singleElement().asString().endsWith("chmod 0600 " + file);
        assertThat(github.server.getRequestCount()).isZero();
    }

    @Test
    void takes_no_file_with_anything_else_in_it() {
        for (String content : List.of(
                "", "short", TestGitHub.TOKEN + "\nsecond line of it\n", "a token with blanks", "tökentökentöken")) {
            Problem problem = problem(github.secret("token", content));
            assertThat(problem.code()).isEqualTo("github-token-unusable");
            assertThat(problem.toString()).doesNotContain("second line", "tök", TestGitHub.TOKEN);
        }
        assertThat(problem(folder.resolve("none")).code()).isEqualTo("secret-missing");
    }

    private Problem problem(Path file) {
        return github.access(github.address(ORGANIZATION), new CredentialSource.TokenFile(file), github.noPace())
                .runners()
                .list()
                .failure()
                .orElseThrow()
                .problem();
    }

    @Test
    void asks_its_helper_once_and_again_when_the_token_is_refused() {
        RunnersApi api = helper("/usr/bin/env");
        github.enqueue(200, runner(7, "a"));
        github.enqueue(200, runner(7, "a"));
        api.get(7).orThrow();
        api.get(7).orThrow();
        assertThat(github.commands).hasSize(1);
        assertThat(github.commands.get(0).deadline()).isEqualTo(Duration.ofSeconds(30));

        github.enqueue(401, "{\"message\":\"Bad credentials\"}");
        github.enqueue(200, runner(7, "a"));
        api.get(7).orThrow();
        assertThat(github.commands).hasSize(2);

        github.enqueue(401, "{}");
        github.enqueue(401, "{}");
        assertThat(api.get(7).failedAs(Failure.Kind.UNAUTHORISED)).isTrue();
        assertThat(github.server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void never_shows_what_a_helper_printed() {
        github.helper = command -> CommandResult.of(command, 3, "half-a-s3cret\n", "s3cret is wrong\n");
        assertHelperFails("ended with status 3");
        github.helper = command -> CommandResult.of(command, 0, "s3cret s3cret s3cret\nmore\n", "");
        assertHelperFails("printed no token");
        github.helper = command -> CommandResult.of(command, 0, "", "");
        assertHelperFails("printed no token");
        assertThat(helper("gh").list().failure().orElseThrow().problem().summary())
                .contains("whole path");
    }

    private void assertHelperFails(String why) {
        Problem problem = helper("/usr/bin/env").list().failure().orElseThrow().problem();
        assertThat(problem.summary()).contains("/usr/bin/env", why);
        assertThat(problem.toString()).doesNotContain("s3cret");
    }

    private RunnersApi helper(String program) {
        return github.access(
                        github.address(ORGANIZATION),
                        new CredentialSource.HelperCommand(List.of(program, "x")),
                        github.noPace())
                .runners();
    }
}
