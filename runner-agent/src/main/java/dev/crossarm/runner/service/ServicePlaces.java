package dev.crossarm.runner.service;

import java.nio.file.Path;

/**
 * Where services lie.
 *
 * @param unitFiles for an administrator's units
 * @param systemd the directory that exists exactly while systemd is the running init (sd_booted(3))
 * @param states where systemd makes the folders of {@code StateDirectory=}
 * @param trial a folder of root's that is made to try a unit in, and removed
 */
public record ServicePlaces(Path unitFiles, Path systemd, Path states, Path trial) {

    /** Those of every Linux system. */
    public static final ServicePlaces OF_THIS_HOST = new ServicePlaces(
            Path.of("/etc/systemd/system"),
            Path.of("/run/systemd/system"),
            Path.of("/var/lib"),
            Path.of("/run/crossarm-unit-trial"));
}
