package dev.crossarm.download;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A downloader that waits for nothing, and what it slept. */
final class TestDownloads {
    static final Ownership PROGRAM = Ownership.mode("rwxr-xr-x");
    static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
    static final DownloadLimits QUICK =
            new DownloadLimits(Duration.ofSeconds(5), Duration.ofMillis(700), Duration.ofSeconds(10), 3, 10_000_000);

    final List<Duration> slept = new ArrayList<>();

    Downloader with(Map<String, String> environment) {
        return with(environment, QUICK);
    }

    Downloader with(Map<String, String> environment, DownloadLimits limits) {
        return new Downloader(
                environment, new DurableFiles(Checkpoint.NONE), NOON, slept::add, new Random(20261123), limits);
    }

    static Sha256 digest(byte[] content) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(content);
        return Sha256.of(digest);
    }

    static Sha256 digest(String content) {
        return digest(content.getBytes(StandardCharsets.UTF_8));
    }

    static Problem problem(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(CrossarmException.class, call).problem();
    }
}
