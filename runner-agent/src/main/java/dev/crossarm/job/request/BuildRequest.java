package dev.crossarm.job.request;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that is asked of one build.
 *
 * @param directory the folder cargo is run in
 * @param cargo what cargo is to build
 * @param cpu the level of x86-64 the programs may ask for; absent for what rustc assumes
 * @param checks what happens when a program is not what it must be
 * @param trial how the programs are tried
 * @param packing what is made of the programs
 * @param cache where cargo builds
 */
public record BuildRequest(
        Path directory,
        CargoChoice cargo,
        Optional<CpuLevel> cpu,
        Checks checks,
        Trial trial,
        Packing packing,
        Cache cache) {

    /** What happens when a check fails. */
    public enum Checks {
        FAIL,
        WARN,
        OFF
    }

    /**
     * How the programs are tried.
     *
     * @param test whether {@code cargo test} is run for the target
     * @param run arguments with which each program is run; absent when none is
     * @param limit how long such a run may take
     */
    public record Trial(boolean test, Optional<List<String>> run, Duration limit) {}

    /**
     * What is made of the programs.
     *
     * @param lambda how a zip for AWS Lambda is laid out: {@code function} or {@code extension}; absent for no zip
     * @param include files that go along, relative to the project's folder
     * @param archive whether a {@code tar.gz} is made
     * @param output where they go; absent for {@code target/crossarm/<triple>} below the workspace
     * @param strip whether names and debug information are taken out; absent for release profiles only
     * @param debugFile whether what was taken out is kept beside the program
     */
    public record Packing(
            Optional<String> lambda,
            List<String> include,
            boolean archive,
            Optional<Path> output,
            Optional<Boolean> strip,
            boolean debugFile) {
        public Packing {
            include = List.copyOf(include);
        }
    }

    /**
     * The target directory outside of the workspace.
     *
     * @param wanted whether it is to be used; absent for: in a workflow job
     * @param root where it lies
     * @param limit bytes all of them together may take
     */
    public record Cache(Optional<Boolean> wanted, Path root, long limit) {}
}
