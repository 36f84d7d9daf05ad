package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.QUICK;
import static dev.crossarm.download.TestDownloads.digest;
import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.Problem;
import dev.crossarm.text.Secret;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that are cut off and gone on with, from a server that serves ranges as RFC 9110 says. */
@Timeout(60)
final class ResumedDownloadTest {
    private static final int SIZE = 3_000_000;

    private final MockWebServer server = new MockWebServer();
    private final TestDownloads downloads = new TestDownloads();
    private final List<Long> begun = new ArrayList<>();
    private final List<String> authorised = new ArrayList<>();
    private byte[] content = random(1);
    private String tag = "\"one\"";
    private int cuts;
    private int sent = SIZE;
    private boolean lies;

    @TempDir
    Path folder;

    private static byte[] random(int seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String range = request.getHeaders().get("Range");
        authorised.add(String.valueOf(request.getHeaders().get("Authorization")));
        boolean partial = range != null && tag.equals(request.getHeaders().get("If-Range"));
        int from = partial ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        begun.add((long) from);
        byte[] body = Arrays.copyOfRange(content, from, content.length);
        MockResponse.Builder answer = new MockResponse.Builder()
                .addHeader("ETag", tag)
                .code(partial ? 206 : 200)
                .body(new Buffer().write(body));
        if (partial) {
            long shown = lies ? from + 7 : from;
            answer.addHeader("Content-Range", "bytes " + shown + "-" + (content.length - 1) + "/" + content.length);
        }
        if (cuts > 0) {
            cuts--;
            answer.body(new Buffer().write(body, 0, Math.min(sent, body.length)));
            answer.setHeader("Content-Length", Integer.toString(body.length));
            answer.onResponseEnd(new SocketEffect.CloseSocket());
        }
        return answer.build();
    }

    private void resume(Sha256 wanted) {
        downloads
                .with(Map.of(), QUICK)
                .resume(address(), Optional.of(Secret.of("s3cret-token")), wanted, target(), DownloadProgress.NONE);
    }

    private URI address() {
        return server.url("/runner.tar.gz").uri();
    }

    private Path target() {
        return folder.resolve("part");
    }

    @Test
    void goes_on_where_the_connection_was_cut() throws IOException {
        cuts = 2;
        sent = 1_000_000;

        resume(digest(content));

        assertThat(target()).hasBinaryContent(content);
        assertThat(begun).hasSize(3).first().isEqualTo(0L);
        assertThat(begun.get(1)).isPositive();
        assertThat(begun.get(2)).isGreaterThan(begun.get(1));
        assertThat(authorised).containsOnly("Bearer s3cret-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target())))
                .isEqualTo("rw-------");
    }

    @Test
    void goes_on_in_a_later_run_and_fetches_nothing_once_all_is_there() throws IOException {
        cuts = QUICK.attempts();
        sent = 300_000;
        assertThat(problem(() -> resume(digest(content))).code()).isEqualTo("truncated");
        long kept = Files.size(target());
        assertThat(kept).isPositive();
        begun.clear();

        resume(digest(content));
        resume(digest(content));

        assertThat(begun).containsExactly(kept);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void begins_again_where_the_server_has_another_file_by_now() throws IOException {
        cuts = QUICK.attempts();
        sent = 300_000;
        problem(() -> resume(digest(content)));
        begun.clear();
        tag = "\"two\"";

        resume(digest(content));

        assertThat(begun).containsExactly(0L);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void throws_away_the_part_of_another_version() throws IOException {
        cuts = QUICK.attempts();
        sent = 300_000;
        problem(() -> resume(digest(content)));
        begun.clear();
        content = random(2);

        resume(digest(content));

        assertThat(begun).containsExactly(0L);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void asks_for_all_of_it_where_the_server_gives_no_strong_tag() {
        tag = "W/\"weak\"";
        cuts = 1;
        sent = 300_000;

        resume(digest(content));

        assertThat(begun).containsExactly(0L, 0L);
    }

    @Test
    void fetches_everything_once_more_where_the_part_turns_out_to_be_wrong() throws IOException {
        cuts = QUICK.attempts();
        sent = 300_000;
        problem(() -> resume(digest(content)));
        begun.clear();
        byte[] damaged = Files.readAllBytes(target());
        damaged[17]++;
        Files.write(target(), damaged);

        resume(digest(content));

        assertThat(begun).containsExactly((long) damaged.length, 0L);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void takes_no_range_that_it_did_not_ask_for() throws IOException {
        cuts = 1;
        sent = 300_000;
        lies = true;

        resume(digest(content));

        assertThat(begun).hasSize(3).endsWith(0L);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void keeps_nothing_of_a_file_with_a_wrong_digest_and_says_which_it_has() throws IOException {
        Problem problem = problem(() -> resume(digest("something else")));

        assertThat(problem.code()).isEqualTo("wrong-digest");
        assertThat(problem.detail()).contains(digest(content).hex());
        assertThat(problem.toString()).doesNotContain("s3cret-token");
        assertThat(Files.size(target())).isZero();
        assertThat(begun).containsExactly(0L);
    }
}
