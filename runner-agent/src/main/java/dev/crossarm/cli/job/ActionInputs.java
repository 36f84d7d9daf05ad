package dev.crossarm.cli.job;

import dev.crossarm.host.Surroundings;
import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.job.request.CpuLevel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The inputs of the action, which come in variables ({@code CROSSARM_INPUT_*}, see {@code action.yml}), as the arguments of
 * {@code crossarm build} that they stand for. Values are compared and handed on, never run or expanded.
 */
final class ActionInputs {
    /** Inputs, and what else the action tells its own script: nothing of it is the project's business. */
    static final String PREFIX = "CROSSARM_INPUT_";

    private static final int SHOWN = 120;

    /** A letter is any that is not ASCII, too: cargo allows names of every language. */
    private static final String LETTER = "[A-Za-z0-9_\\P{ASCII}]";

    private static final Pattern TARGET = Pattern.compile("[a-z0-9_]+(-[a-z0-9_.]+){1,3}");
    private static final Pattern PACKAGE = Pattern.compile(LETTER + "[A-Za-z0-9_\\P{ASCII}.@:/+#?=&~\\[\\]-]*");
    private static final Pattern PROGRAM = Pattern.compile(LETTER + "[A-Za-z0-9_\\P{ASCII}.+-]*");
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");
    private static final Pattern FEATURES = Pattern.compile("[A-Za-z0-9_\\P{ASCII},/?.+: \t-]*");
    private static final Pattern TOOLCHAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** No option of cargo has a blank in its name, so this was meant as several arguments. */
    private static final Pattern SEVERAL = Pattern.compile("-[^=\\h]*\\h.*", Pattern.DOTALL);

    private static final Set<String> OWN_OPTIONS =
            Set.of("--locked", "--offline", "--frozen", "--all-features", "--no-default-features");

    private final Surroundings job;
    private final String version;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> arguments = new ArrayList<>();

    private ActionInputs(Surroundings job, String version) {
        this.job = job;
        this.version = version;
    }

    /** An input that is not what it must be: the one annotation that says so. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String input;

        private Refused(String input, String message) {
            super(message, null, false, false);
            this.input = input;
        }

        /** The line for the runner. */
        String command() {
            return Annotation.error("crossarm: input " + input, "input '" + input + "' " + getMessage())
                    .command();
        }
    }

    /**
     * Words for {@code crossarm build}.
     *
     * @param version of this program, for inputs that only a newer one knows
     * @throws Refused at the first input that is wrong
     */
    static List<String> arguments(Surroundings job, String version) {
        ActionInputs inputs = new ActionInputs(job, version);
        inputs.read();
        return List.copyOf(inputs.arguments);
    }

    private void read() {
        one("target", TARGET, "must be a target triple", "For example x86_64-unknown-linux-musl.")
                .ifPresent(value -> arguments.add("--target=" + value));
        each(
                        "package",
                        PACKAGE,
                        "must list package names, one per line",
                        "Put each on its own line under 'package: |'.")
                .forEach(name -> arguments.add("--package=" + name));
        each("bin", PROGRAM, "must list program names, one per line", "Put each on its own line under 'bin: |'.")
                .forEach(name -> arguments.add("--bin=" + name));
        option("workspace", "--workspace");
        String profile = one("profile", PROFILE, "must be the name of a cargo profile", "For example release.")
                .orElse("release");
        // People call dev debug, after its folder.
        arguments.add(
                profile.equals("release") ? "--release" : "--profile=" + (profile.equals("debug") ? "dev" : profile));
        features();
        one("toolchain", TOOLCHAIN, "must be a toolchain name that rustup knows", "For example stable or 1.85.1.")
                .ifPresent(value -> arguments.add("--toolchain=" + value));
        Path folder = folder();
        packing(folder);
        option("test", "--test");
        run();
        checks();
        choice("cpu", Arrays.stream(CpuLevel.values()).map(CpuLevel::word).toList())
                .ifPresent(level -> arguments.add("--cpu=" + level));
        switch (flag("strip", "yes", "no", "debug-file")) {
            case "true", "yes" -> arguments.add("--strip=yes");
            case "false", "no" -> arguments.add("--strip=no");
            case "debug-file" -> arguments.addAll(List.of("--strip=yes", "--debug-file"));
            default -> {}
        }
        switch (flag("cache", "on", "off", "auto")) {
            case "true", "on" -> arguments.add("--cache=on");
            case "false", "off" -> arguments.add("--cache=off");
            default -> {}
        }
        flag("cpp"); // a matter of setting the machine up, which the action's script sees to
        List<String> cargo = cargo();
        unknown();
        if (!cargo.isEmpty()) {
            arguments.add("--");
            arguments.addAll(cargo);
        }
    }

    private void features() {
        List<String> names = new ArrayList<>();
        for (String line :
                each("features", FEATURES, "must list feature names", "Separate them by commas, spaces or lines.")) {
            for (String name : line.split("[, \t]+", -1)) {
                if (name.startsWith("-")) {
                    throw refused(
                            "features", "must list names, not options", "Put cargo options into the input 'args'.");
                }
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        if (!names.isEmpty()) {
            arguments.add("--features=" + String.join(",", names));
        }
    }

    private Path folder() {
        Path root = job.variable("GITHUB_WORKSPACE").map(Path::of).orElse(job.directory());
        Path folder = root.resolve(value("working-directory"));
        if (!Files.isDirectory(folder)) {
            throw wrong(
                    "working-directory",
                    "must be a folder; " + folder + " is not one",
                    "It is relative to the workspace. Is actions/checkout missing before this step?");
        }
        if (!Files.isRegularFile(folder.resolve("Cargo.toml"))) {
            throw wrong(
                    "working-directory",
                    "must be the project's folder; " + folder + " has no Cargo.toml",
                    "Name the folder that has it. Is actions/checkout missing before this step?");
        }
        arguments.add("--directory=" + folder);
        return folder;
    }

    private void packing(Path folder) {
        String lambda = flag("lambda", "function", "extension");
        boolean zip = !lambda.isEmpty() && !lambda.equals("false");
        if (zip) {
            arguments.add("--lambda=" + (lambda.equals("extension") ? "extension" : "function"));
        }
        boolean archive = option("archive", "--archive");
        List<String> include = lines("include");
        if (!include.isEmpty() && !zip && !archive) {
            throw refused("include", "needs a zip or an archive", "Also set 'lambda: true' or 'archive: true'.");
        }
        for (String line : include) {
            String path = line.startsWith("./") ? line.substring(2) : line;
            if (path.startsWith("/") || ("/" + path + "/").contains("/../")) {
                throw refused(
                        "include",
                        "must list paths inside the project's folder, one per line",
                        "They keep these names in the zip.");
            }
            if (!Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw wrong(
                        "include",
                        "names '" + path + "', which is not in " + folder,
                        "One path per line, relative to the project's folder.");
            }
            arguments.add("--include=" + path);
        }
    }

    private void run() {
        String value = value("run");
        switch (value.toLowerCase(Locale.ROOT)) {
            case "", "false" -> {}
            case "true" -> arguments.add("--run");
            default -> arguments.add("--run=" + value);
        }
    }

    private void checks() {
        if (value("checks").equals("false")) { // some readers of YAML take off for that
            arguments.add("--checks=off");
        } else {
            choice("checks", BuildOptions.CHECKS_WORDS).ifPresent(word -> arguments.add("--checks=" + word));
        }
    }

    /** What goes to cargo; what crossarm has an option of its own for is taken as that. */
    private List<String> cargo() {
        List<String> cargo = new ArrayList<>();
        for (String line : lines("args")) {
            if (SEVERAL.matcher(line).matches()) {
                throw refused(
                        "args",
                        "must have one argument per line",
                        "Put each on its own line under 'args: |', for example --config=a=b.");
            }
            if (line.equals("--")) {
                throw wrong(
                        "args",
                        "must list arguments of cargo build, without '--'",
                        "cargo build passes nothing to the program.");
            }
            (OWN_OPTIONS.contains(line) ? arguments : cargo).add(line);
        }
        return cargo;
    }

    /** The action may be newer than the program that a machine was provisioned with. */
    private void unknown() {
        for (String variable : job.environment().keySet()) {
            if (variable.startsWith(PREFIX) && !job.environment().get(variable).isEmpty()) {
                String name = variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                if (!known.contains(name)) {
                    throw wrong(
                            name,
                            "is not known to crossarm " + version + ", which this machine has",
                            "Use the action of that release, or update crossarm on the machine.");
                }
            }
        }
    }

    private String value(String name) {
        known.add(name);
        return job.variable(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .orElse("");
    }

    /** The lines that hold something. */
    private List<String> lines(String name) {
        return value(name).lines().filter(line -> !line.isBlank()).toList();
    }

    private List<String> each(String name, Pattern pattern, String what, String remedy) {
        List<String> lines = lines(name);
        if (!lines.stream().allMatch(line -> pattern.matcher(line).matches())) {
            throw refused(name, what, remedy);
        }
        return lines;
    }

    private Optional<String> one(String name, Pattern pattern, String what, String remedy) {
        String value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!pattern.matcher(value).matches()) {
            throw refused(name, what, remedy);
        }
        return Optional.of(value);
    }

    /** True, false, or one of the words, in lower case; nothing where nothing is said. */
    private String flag(String name, String... words) {
        List<String> all = new ArrayList<>(List.of("true", "false"));
        all.addAll(List.of(words));
        String value = value(name).toLowerCase(Locale.ROOT);
        if (!value.isEmpty() && !all.contains(value)) {
            throw refused(name, "must be " + listed(all), "Correct the line '" + name + ":' of the workflow.");
        }
        return value;
    }

    private boolean option(String name, String option) {
        boolean wanted = flag(name).equals("true");
        if (wanted) {
            arguments.add(option);
        }
        return wanted;
    }

    private Optional<String> choice(String name, List<String> words) {
        String value = value(name);
        if (!value.isEmpty() && !words.contains(value)) {
            throw refused(name, "must be " + listed(words), "Correct the line '" + name + ":' of the workflow.");
        }
        return Optional.of(value).filter(word -> !word.isEmpty());
    }

    private static String listed(List<String> words) {
        return words.size() == 1
                ? words.get(0)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    private static Refused wrong(String name, String what, String remedy) {
        return new Refused(name, what + ". " + remedy);
    }

    /** With the value it has. */
    private Refused refused(String name, String what, String remedy) {
        String value = value(name);
        String shown = (value.length() > SHOWN ? value.substring(0, SHOWN) : value).replaceAll("\\p{Cntrl}", " ");
        return wrong(name, what + "; got '" + shown + "'", remedy);
    }
}
