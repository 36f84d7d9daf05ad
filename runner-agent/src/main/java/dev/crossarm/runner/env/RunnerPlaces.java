package dev.crossarm.runner.env;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the system shows what runs on it.
 *
 * @param unitFiles where administrators, and the runner's {@code svc.sh}, put unit files
 * @param systemd the directory that exists exactly while systemd is the running init (sd_booted(3))
 * @param proc the kernel's view of processes
 */
public record RunnerPlaces(Path unitFiles, Path systemd, Path proc) {

    /** Where units can be, that folder first (systemd.unit(5)), but for those made for the moment. */
    List<Path> unitFolders() {
        return List.of(
                unitFiles,
                systemd,
                Path.of("/usr/local/lib/systemd/system"),
                Path.of("/usr/lib/systemd/system"),
                Path.of("/lib/systemd/system"));
    }

    /** The places of every Linux system. */
    public static final RunnerPlaces OF_THIS_HOST =
            new RunnerPlaces(Path.of("/etc/systemd/system"), Path.of("/run/systemd/system"), Path.of("/proc"));
}
