package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code crossarm provision} was asked for, besides the settings. */
public record ProvisionOptions(
        boolean dryRun,
        boolean detailed,
        List<String> only,
        List<String> skip,
        boolean yes,
        boolean json,
        boolean upgrade,
        boolean remove,
        boolean here) {
    private static final String DRY_RUN = "--dry-run";
    private static final String DETAILED = "--detailed-exitcode";
    private static final String ONLY = "--only";
    private static final String SKIP = "--skip";
    private static final String UPGRADE = "--upgrade";
    private static final String REMOVE = "--remove";

    /** The steps that can be named on the command line. */
    public static final List<String> STEPS = List.of(
            "packages",
            "build-tools",
            "rustup",
            "rust-toolchain",
            "musl-sysroot",
            "kernel-headers",
            "cpp",
            "compilers",
            "cmake-toolchain",
            "pkg-config",
            "configure-site",
            "cargo-config",
            "runner-environment");

    /** Adds these options, with the settings that matter for provisioning. */
    static void describe(CommandSpec spec) {
        spec.addOption(Options.flag("Show the plan and stop without changing anything.", DRY_RUN));
        spec.addOption(Options.flag("With --dry-run: exit with 2 if something would be changed.", DETAILED));
        spec.addOption(Options.flag("Do not ask before changing anything.", "-y", "--yes"));
        spec.addOption(Options.words(ONLY, "STEP", "Run only this step; may be repeated.", STEPS));
        spec.addOption(Options.words(SKIP, "STEP", "Skip this step; may be repeated.", STEPS));
        spec.addOption(Options.flag("Update an installed Rust channel to its newest release.", UPGRADE));
        spec.addOption(Options.flag(
                "Also install C++ and its standard library (same as --compiler cpp). Stays on for later runs until you"
                        + " choose another --compiler.",
                Options.CPP));
        spec.addOption(Options.flag(
                "Uninstall everything crossarm added. Packages are kept; the command to remove them is printed.",
                REMOVE));
        spec.addOption(Options.flag("Set up this x86-64 machine, which builds the same target natively.", "--here"));
        spec.addOption(Options.flag("Print one JSON object with plan, result and self-test.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.MACHINE));
    }

    static ProvisionOptions of(Invocation invocation) {
        ProvisionOptions options = new ProvisionOptions(
                invocation.has(DRY_RUN),
                invocation.has(DETAILED),
                invocation.values(ONLY),
                invocation.values(SKIP),
                invocation.has("--yes"),
                invocation.has(Options.JSON),
                invocation.has(UPGRADE),
                invocation.has(REMOVE),
                invocation.has("--here"));
        if (options.detailed && !options.dryRun) {
            throw wrong(DETAILED + " goes with " + DRY_RUN + " only");
        }
        if (options.remove && options.upgrade) {
            throw wrong(UPGRADE + " and " + REMOVE + " exclude each other");
        }
        return options;
    }

    private static RuntimeException wrong(String why) {
        return Problem.of(ExitStatus.USAGE, "usage", why, "crossarm provision --help")
                .asException();
    }

    /** The command that does the same, without settings and without what only shows. */
    String command() {
        return "crossarm provision" + (here ? " --here" : "") + (remove ? " --remove" : "")
                + (upgrade ? " --upgrade" : "") + steps(ONLY, only) + steps(SKIP, skip);
    }

    /** The command that takes away what the same steps make. */
    String undoing() {
        return "crossarm provision" + " " + REMOVE + steps(ONLY, only) + steps(SKIP, skip);
    }

    private static String steps(String option, List<String> names) {
        return names.isEmpty() ? "" : " " + option + " " + String.join(",", names);
    }
}
