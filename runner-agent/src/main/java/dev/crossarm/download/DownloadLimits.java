package dev.crossarm.download;

import java.time.Duration;

/**
 * How long and how much a download may take.
 *
 * @param connect until a connection stands
 * @param read longest silence of the server
 * @param call one attempt as a whole
 * @param attempts how often it is tried, at least once
 * @param bytes largest file
 */
public record DownloadLimits(Duration connect, Duration read, Duration call, int attempts, long bytes) {

    /** For files of up to 1 GiB over a slow line. */
    public static final DownloadLimits USUAL = new DownloadLimits(
            Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(30), 4, 1024L * 1024 * 1024);

    public DownloadLimits {
        if (attempts < 1 || bytes < 1) {
            throw new IllegalArgumentException("at least one attempt and one byte");
        }
    }
}
