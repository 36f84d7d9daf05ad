package dev.crossarm.plan;

import java.time.Duration;

/**
 * About what a repair costs a machine with two cores and a usual line. Estimates, to be shown rounded; nothing is decided by them.
 *
 * @param download bytes that are fetched
 * @param disk bytes that stay on disk
 * @param time how long it takes, downloads included
 */
public record Cost(long download, long disk, Duration time) {
    /** Next to nothing: a file written, a link made. */
    public static final Cost NONE = new Cost(0, 0, Duration.ZERO);

    private static final long MEGABYTE = 1_000_000;

    /** In megabytes, as package indices and servers state sizes. */
    public static Cost ofMegabytes(double download, double disk, Duration time) {
        return new Cost(Math.round(download * MEGABYTE), Math.round(disk * MEGABYTE), time);
    }

    /** Both, one after the other. */
    public Cost plus(Cost other) {
        return new Cost(download + other.download, disk + other.disk, time.plus(other.time));
    }
}
