package dev.crossarm.download;

/** Told how far a download is: at its start, its end, and every 256 KiB. From one thread at a time. */
@FunctionalInterface
public interface DownloadProgress {

    /** Tells nobody. */
    DownloadProgress NONE = (received, total) -> {};

    /**
     * @param received bytes so far; falls back to 0 when a download starts again
     * @param total bytes to come in all, -1 when the server does not say
     */
    void at(long received, long total);
}
