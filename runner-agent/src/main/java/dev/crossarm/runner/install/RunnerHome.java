package dev.crossarm.runner.install;

import java.nio.file.Path;

/**
 * Where the runners that Crossarm installs lie. The folder and everything beside the runners' own folders is root's; a runner's
 * folder belongs to the account of its jobs.
 *
 * @param folder {@code <state>/runners}
 */
public record RunnerHome(Path folder) {

    /** The unpacked package of one version, root's, which the folders of runners share by hard links. */
    public Path unpacked(String version) {
        return packages().resolve(version);
    }

    /** The folder of unpacked packages, and of downloads that are not finished. */
    public Path packages() {
        return folder.resolve("packages");
    }

    /** The root of a runner: what the runner's own documentation calls the runner's directory. */
    public Path of(RunnerName name) {
        return folder.resolve(name.value());
    }

    /** What is recorded of a runner, for root to write and for everybody to read. */
    public Path record(RunnerName name) {
        return folder.resolve(name.value() + ".json");
    }
}
