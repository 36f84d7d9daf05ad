package dev.crossarm.runner;

import java.nio.file.Path;

/**
 * Where the system shows what runs on it.
 *
 * @param unitFiles where administrators, and the runner's {@code svc.sh}, put unit files
 * @param systemd the directory that exists exactly while systemd is the running init (sd_booted(3))
 * @param proc the kernel's view of processes
 */
public record RunnerPlaces(Path unitFiles, Path systemd, Path proc) {

    /** The places of every Linux system. */
    public static final RunnerPlaces OF_THIS_HOST =
            new RunnerPlaces(Path.of("/etc/systemd/system"), Path.of("/run/systemd/system"), Path.of("/proc"));
}
