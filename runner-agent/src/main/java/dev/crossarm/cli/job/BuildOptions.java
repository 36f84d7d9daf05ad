package dev.crossarm.cli.job;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Words;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.config.SizeText;
import dev.crossarm.config.Suggestion;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.job.request.CpuLevel;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options of {@code crossarm build}, and the request they make. */
final class BuildOptions {
    private static final String PACKAGE = "--package";
    private static final String BIN = "--bin";
    private static final String WORKSPACE = "--workspace";
    private static final String RELEASE = "--release";
    private static final String PROFILE = "--profile";
    private static final String FEATURES = "--features";
    private static final String ALL_FEATURES = "--all-features";
    private static final String NO_DEFAULT_FEATURES = "--no-default-features";
    private static final String LOCKED = "--locked";
    private static final String OFFLINE = "--offline";
    private static final String FROZEN = "--frozen";
    private static final String TOOLCHAIN = "--toolchain";
    private static final String DIRECTORY = "--directory";
    private static final String LAMBDA = "--lambda";
    private static final String INCLUDE = "--include";
    private static final String ARCHIVE = "--archive";
    private static final String OUTPUT = "--output";
    private static final String TEST = "--test";
    private static final String RUN = "--run";
    private static final String RUN_TIMEOUT = "--run-timeout";
    private static final String CPU = "--cpu";
    private static final String CHECKS = "--checks";
    private static final String STRIP = "--strip";
    private static final String DEBUG_FILE = "--debug-file";
    private static final String CACHE = "--cache";
    /** For the action: its inputs are the options; {@code check} looks at them and does no more. */
    static final String INPUTS = "--inputs-from-env";

    /** Values of {@code --checks}. */
    static final List<String> CHECKS_WORDS = List.of("fail", "warn", "off");

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([sm])");

    private BuildOptions() {}

    static void add(CommandSpec spec) {
        spec.addOption(list("Build this package of the workspace; may be repeated.", "NAME", "-p", PACKAGE));
        spec.addOption(list("Build this program; may be repeated.", "NAME", BIN));
        spec.addOption(Options.flag("Build every package of the workspace.", WORKSPACE));
        spec.addOption(Options.flag("Build with the release profile.", "-r", RELEASE));
        text(spec, PROFILE, "NAME", "Build with this profile. Default: dev, as with cargo.");
        spec.addOption(list("Comma-separated list of features.", "LIST", "-F", FEATURES));
        spec.addOption(Options.flag("Build with all features.", ALL_FEATURES));
        spec.addOption(Options.flag("Disable default features.", NO_DEFAULT_FEATURES));
        spec.addOption(Options.flag("Require an up-to-date Cargo.lock.", LOCKED));
        spec.addOption(Options.flag("Don't use the network.", OFFLINE));
        spec.addOption(Options.flag("Same as --locked --offline.", FROZEN));
        text(
                spec,
                TOOLCHAIN,
                "NAME",
                "Build with this rustup toolchain. Default: the project's rust-toolchain.toml, else rustup's default.");
        spec.addOption(OptionSpec.builder("-C", DIRECTORY)
                .type(String.class)
                .paramLabel("DIR")
                .description("The project's folder. Default: the current one.")
                .build());
        optional(
                spec,
                LAMBDA,
                "KIND",
                "function",
                List.of("function", "extension"),
                "Pack each program into a zip for AWS Lambda, as function (default) or extension.");
        spec.addOption(
                list("Include this file or folder in zip and archive; relative to the project.", "PATH", INCLUDE));
        spec.addOption(Options.flag("Pack each program into a tar.gz, with a checksum.", ARCHIVE));
        text(spec, OUTPUT, "DIR", "Folder for zips and archives. Default: target/crossarm/<triple>.");
        spec.addOption(Options.flag("Run cargo test for the target.", TEST));
        optional(
                spec,
                RUN,
                "ARGUMENTS",
                "--version",
                List.of(),
                "Run each program, with --version or these arguments; it must exit with 0.");
        text(spec, RUN_TIMEOUT, "TIME", "Time limit for such a run. Default: 10s.");
        spec.addOption(Options.text(
                        CPU,
                        "LEVEL",
                        "x86-64 level that the programs may require: x86-64, x86-64-v2, x86-64-v3, x86-64-v4. With"
                                + " --run they run on such a processor.")
                .completionCandidates(
                        Arrays.stream(CpuLevel.values()).map(CpuLevel::word).toList())
                .build());
        spec.addOption(Options.text(
                        CHECKS,
                        "WHAT",
                        "What to do if a program is not static or not for the target: fail, warn" + " or off.")
                .completionCandidates(CHECKS_WORDS)
                .build());
        optional(
                spec,
                STRIP,
                "YES|NO",
                "yes",
                List.of("yes", "no"),
                "Remove symbols and debug information. Default: yes, except for dev and test.");
        spec.addOption(Options.flag("Keep what is removed in NAME.debug beside the program.", DEBUG_FILE));
        spec.addOption(Options.text(
                        CACHE,
                        "ON|OFF",
                        "Keep the target directory between jobs, outside the workspace. Default: on in workflow jobs,"
                                + " except for code from forks.")
                .completionCandidates(List.of("on", "off"))
                .build());
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addOption(OptionSpec.builder(INPUTS)
                .type(String.class)
                .arity("0..1")
                .fallbackValue("build")
                .hidden(true)
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CARGO-ARGUMENT")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("After --: passed unchanged to cargo build (and cargo test).")
                .build());
        spec.addArgGroup(Options.settings(OwnCommands.BUILD));
    }

    private static OptionSpec list(String description, String label, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static void text(CommandSpec spec, String name, String label, String description) {
        spec.addOption(Options.text(name, label, description.replace("%", "%%")).build());
    }

    private static void optional(
            CommandSpec spec, String name, String label, String value, List<String> words, String description) {
        spec.addOption(Options.text(name, label, description)
                .arity("0..1")
                .fallbackValue(value)
                .completionCandidates(words)
                .build());
    }

    static Path directory(Invocation invocation) {
        Path here = invocation.program().surroundings().directory();
        Path folder =
                invocation.value(DIRECTORY).map(here::resolve).orElse(here).normalize();
        if (!Files.isDirectory(folder)) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "no-such-folder",
                            Files.exists(folder) ? folder + " is not a folder" : "there is no folder " + folder,
                            "Name the project's folder: crossarm build --directory DIR")
                    .asException();
        }
        return folder;
    }

    static Path cacheRoot(Loaded loaded) {
        return Path.of(only(loaded, ConfigKey.BUILD_CACHE_DIRECTORY));
    }

    static long cacheLimit(Loaded loaded) {
        return SizeText.parse(only(loaded, ConfigKey.BUILD_CACHE_LIMIT)).orElseThrow();
    }

    static BuildRequest request(Invocation invocation, Loaded loaded) {
        return new BuildRequest(
                directory(invocation),
                cargo(invocation),
                invocation
                        .value(CPU)
                        .map(word -> CpuLevel.byWord(word)
                                .orElseThrow(() -> bad(CPU, "x86-64, x86-64-v2, x86-64-v3, x86-64-v4"))),
                BuildRequest.Checks.valueOf(
                        word(invocation, CHECKS, CHECKS_WORDS).orElse("fail").toUpperCase(Locale.ROOT)),
                new BuildRequest.Trial(
                        invocation.has(TEST),
                        invocation.value(RUN).map(text -> Words.of(RUN, text)),
                        invocation.value(RUN_TIMEOUT).map(BuildOptions::time).orElse(Duration.ofSeconds(10))),
                packing(invocation),
                new BuildRequest.Cache(
                        word(invocation, CACHE, List.of("on", "off")).map("on"::equals),
                        cacheRoot(loaded),
                        cacheLimit(loaded)));
    }

    private static CargoChoice cargo(Invocation invocation) {
        List<String> arguments = invocation.parsed().matchedPositionalValue(0, List.<String>of());
        refuseStray(invocation, arguments);
        for (String ours : List.of("--target", "--message-format", "--manifest-path")) {
            if (arguments.stream().anyMatch(word -> word.equals(ours) || word.startsWith(ours + "="))) {
                throw Problem.of(
                                ExitStatus.USAGE,
                                "bad-option",
                                ours + " cannot be passed to cargo: crossarm sets it",
                                ours.equals("--manifest-path")
                                        ? "crossarm build --directory DIR"
                                        : "crossarm build --help")
                        .asException();
            }
        }
        Optional<String> profile = invocation.value(PROFILE);
        if (invocation.has(RELEASE) && profile.isPresent() && !profile.get().equals("release")) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "bad-option",
                            "--release and --profile cannot be used together",
                            "crossarm build --profile " + profile.get())
                    .asException();
        }
        return new CargoChoice(
                invocation.values(PACKAGE),
                invocation.values(BIN),
                invocation.has(WORKSPACE),
                invocation.has(RELEASE) ? "release" : profile.orElse("dev"),
                invocation.values(FEATURES),
                invocation.has(ALL_FEATURES),
                invocation.has(NO_DEFAULT_FEATURES),
                invocation.has(LOCKED),
                invocation.has(OFFLINE),
                invocation.has(FROZEN),
                invocation.value(TOOLCHAIN),
                arguments);
    }

    /** What does not come after {@code --} is no argument for cargo, but most likely an option without its dashes. */
    private static void refuseStray(Invocation invocation, List<String> arguments) {
        List<String> typed = invocation.parsed().originalArgs();
        int end = typed.indexOf("--");
        int behind = end < 0 ? 0 : typed.size() - end - 1;
        if (arguments.size() <= behind) {
            return;
        }
        String word = arguments.get(0);
        List<String> remedies = new ArrayList<>();
        Suggestion.of(
                        "--" + word,
                        invocation.parsed().commandSpec().optionsMap().keySet())
                .ifPresent(option -> remedies.add("did you mean: crossarm build " + option));
        remedies.add("Arguments for cargo come after --: crossarm build -- " + word);
        remedies.add("crossarm build --help");
        throw new Problem("usage", "unexpected argument " + Printable.marked(word), "", remedies, ExitStatus.USAGE)
                .asException();
    }

    private static BuildRequest.Packing packing(Invocation invocation) {
        Path here = invocation.program().surroundings().directory();
        return new BuildRequest.Packing(
                word(invocation, LAMBDA, List.of("function", "extension")),
                invocation.values(INCLUDE),
                invocation.has(ARCHIVE),
                invocation.value(OUTPUT).map(name -> here.resolve(name).normalize()),
                word(invocation, STRIP, List.of("yes", "no")).map("yes"::equals),
                invocation.has(DEBUG_FILE));
    }

    private static String only(Loaded loaded, ConfigKey key) {
        return loaded.setting(key).values().get(0);
    }

    private static Optional<String> word(Invocation invocation, String option, List<String> words) {
        Optional<String> value = invocation.value(option);
        if (value.isPresent() && !words.contains(value.get())) {
            throw bad(option, String.join(", ", words));
        }
        return value;
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw bad(RUN_TIMEOUT, "a time such as 10s or 2m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("m") ? Duration.ofMinutes(amount) : Duration.ofSeconds(amount);
    }

    private static RuntimeException bad(String option, String allowed) {
        return Problem.of(
                        ExitStatus.USAGE,
                        "bad-option",
                        option + " is " + (allowed.contains(", ") ? "one of " : "") + allowed,
                        "crossarm build --help")
                .asException();
    }
}
