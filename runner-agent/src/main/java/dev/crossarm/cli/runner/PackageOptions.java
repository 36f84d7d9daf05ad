package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.LocalPackage;
import dev.crossarm.runner.install.RunnerVersion;
import dev.crossarm.text.Sha256;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options that say which package of the runner is meant. */
final class PackageOptions {
    private static final String VERSION = "--runner-version";
    private static final String PACKAGE = "--package";
    private static final String DIGEST = "--sha256";

    private PackageOptions() {}

    static void describe(CommandSpec spec) {
        spec.addOption(
                Options.text(VERSION, "VERSION", "This version, and no other until you ask for one; 2.329.0 or newer.")
                        .build());
        spec.addOption(Options.text(PACKAGE, "FILE", "Take this actions-runner-linux-*.tar.gz; nothing is downloaded.")
                .build());
        spec.addOption(Options.text(DIGEST, "DIGEST", "The SHA-256 that the file has to have. Required with --package.")
                .build());
    }

    static Optional<RunnerVersion> version(Invocation invocation) {
        return invocation.value(VERSION).map(RunnerVersion::parse);
    }

    /** @throws dev.crossarm.problem.CrossarmException (64) when only one of the two is given, or it is no digest */
    static Optional<LocalPackage> brought(Invocation invocation) {
        Optional<String> file = invocation.value(PACKAGE);
        Optional<String> digest = invocation.value(DIGEST);
        if (file.isPresent() != digest.isPresent()) {
            throw usage(
                    PACKAGE + " and " + DIGEST + " belong together: a package is never installed without its SHA-256",
                    "The notes of each release have it: https://github.com/actions/runner/releases");
        }
        return file.map(name -> new LocalPackage(
                invocation.program().surroundings().directory().resolve(name).normalize(),
                digest(digest.orElseThrow())));
    }

    private static Sha256 digest(String text) {
        String hex = text.strip().replaceFirst("^sha256:", "");
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw usage(DIGEST + " needs 64 hexadecimal digits", "sha256sum " + "FILE");
        }
        return new Sha256(hex);
    }

    private static RuntimeException usage(String summary, String remedy) {
        return Problem.of(ExitStatus.USAGE, "usage", summary, remedy).asException();
    }
}
