package dev.crossarm.config;

import dev.crossarm.host.process.Command;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes commands of this program as they have to be pasted here. All other code names them in their shortest form, for example
 * {@code crossarm provision --cpp}; whatever shows a text to somebody passes it through here. A command then begins with what the
 * caller typed to call this program, is run as root where it has to be, and carries the options that gave settings, so that it means
 * the same place and the same toolchain. Text that was passed through before does not change again.
 */
public final class OwnCommands implements UnaryOperator<String> {
    /** The settings of {@code crossarm build}, in the order of its help. */
    public static final List<ConfigKey> BUILD = List.of(
            ConfigKey.TARGET,
            ConfigKey.COMPILER,
            ConfigKey.SCOPE,
            ConfigKey.PREFIX,
            ConfigKey.STATE_DIRECTORY,
            ConfigKey.CHANNEL,
            ConfigKey.LOCK_TIMEOUT,
            ConfigKey.BUILD_CACHE_DIRECTORY,
            ConfigKey.BUILD_CACHE_LIMIT);

    /** What is set of GitHub: the place whose runners are managed, and who manages them. */
    public static final List<ConfigKey> GITHUB = List.of(
            ConfigKey.GITHUB_URL,
            ConfigKey.GITHUB_APP_ID,
            ConfigKey.GITHUB_APP_KEY,
            ConfigKey.GITHUB_TOKEN_FILE,
            ConfigKey.GITHUB_CREDENTIAL_HELPER,
            ConfigKey.GITHUB_WRITES_PER_SECOND);

    /** The settings of {@code crossarm runner install}. */
    public static final List<ConfigKey> RUNNER_INSTALL = Stream.concat(
                    Stream.of(
                            ConfigKey.JOB_USER,
                            ConfigKey.STATE_DIRECTORY,
                            ConfigKey.LOCK_TIMEOUT,
                            ConfigKey.RUNNER_RELEASES),
                    GITHUB.stream())
            .toList();

    /** The settings of {@code crossarm runner update}, which never changes the account. */
    public static final List<ConfigKey> RUNNER_UPDATE =
            RUNNER_INSTALL.stream().filter(key -> key != ConfigKey.JOB_USER).toList();

    /** The settings of commands about the runners that Crossarm installs. */
    public static final List<ConfigKey> RUNNER_LIFE = Stream.concat(
                    GITHUB.stream(),
                    Stream.of(
                            ConfigKey.PREFIX,
                            ConfigKey.STATE_DIRECTORY,
                            ConfigKey.TARGET,
                            ConfigKey.COMPILER,
                            ConfigKey.RUNNER_LONGEST_JOB,
                            ConfigKey.LOCK_TIMEOUT))
            .toList();

    /** The settings of commands that ask GitHub nothing. */
    public static final List<ConfigKey> MACHINE = Arrays.stream(ConfigKey.values())
            .filter(key ->
                    !GITHUB.contains(key) && key != ConfigKey.RUNNER_RELEASES && key != ConfigKey.RUNNER_LONGEST_JOB)
            .toList();

    private static final Set<ConfigKey> ALL = EnumSet.allOf(ConfigKey.class);

    /** Every command, and the settings it takes as options. */
    public static final Map<String, Set<ConfigKey>> SETTINGS = settings();

    /** Not carried over to another scope. */
    private static final Set<ConfigKey> ACCOUNTS = EnumSet.of(ConfigKey.SCOPE, ConfigKey.JOB_USER);

    /** Not carried over to another scope by a command that writes there: the account may have no right to. */
    private static final Set<ConfigKey> PLACES = EnumSet.of(ConfigKey.PREFIX, ConfigKey.STATE_DIRECTORY);

    private static final Set<String> AS_ROOT = Set.of(
            "provision",
            "self-test",
            "runner install",
            "runner register",
            "runner env",
            "runner update",
            "runner remove",
            "drain",
            "undrain");

    /** Options with a value that are no settings, in the texts that this program prints. */
    private static final Set<String> WITH_VALUE = Set.of(
            "--config",
            "--only",
            "--skip",
            "--format",
            "--name",
            "--runner-version",
            "--package",
            "--sha256",
            "--directory",
            "--profile",
            "--bin",
            "--color",
            "--labels",
            "--group",
            "--reason",
            "--timeout");

    private final Supplier<CalledAs> called;
    private final boolean root;
    private final boolean here;
    private final Optional<Loaded> loaded;

    private OwnCommands(Supplier<CalledAs> called, boolean root, boolean here, Optional<Loaded> loaded) {
        this.called = called;
        this.root = root;
        this.here = here;
        this.loaded = loaded;
    }

    /**
     * While the settings are not known: commands then get the right name and no options.
     *
     * @param called how this program has to be called; asked when there is a command to write
     * @param root whether whoever pastes a command is root already
     * @param here whether this machine is provisioned with {@code --here} only
     */
    public static OwnCommands of(Supplier<CalledAs> called, boolean root, boolean here) {
        return new OwnCommands(called, root, here, Optional.empty());
    }

    /** The same for these settings. */
    public OwnCommands with(Loaded settings) {
        return new OwnCommands(called, root, here, Optional.of(settings));
    }

    private static Map<String, Set<ConfigKey>> settings() {
        Map<String, Set<ConfigKey>> settings = new LinkedHashMap<>();
        List.of("provision", "check", "env", "self-test").forEach(name -> settings.put(name, EnumSet.copyOf(MACHINE)));
        List.of("doctor", "config show").forEach(name -> settings.put(name, ALL));
        settings.put("build", EnumSet.copyOf(BUILD));
        settings.put("cache", EnumSet.of(ConfigKey.BUILD_CACHE_DIRECTORY, ConfigKey.BUILD_CACHE_LIMIT));
        settings.put("runner install", EnumSet.copyOf(RUNNER_INSTALL));
        settings.put("runner update", EnumSet.copyOf(RUNNER_UPDATE));
        List.of("runner register", "runner env", "runner status", "runner remove", "drain", "undrain")
                .forEach(name -> settings.put(name, EnumSet.copyOf(RUNNER_LIFE)));
        settings.put("inspect", EnumSet.of(ConfigKey.TARGET));
        List.of("explain", "completion", "help", "version").forEach(name -> settings.put(name, Set.of()));
        return settings;
    }

    /** The text with every command in it as it has to be pasted. */
    @Override
    public String apply(String text) {
        if (!text.contains("crossarm ")) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        Matcher name = Shape.NAME.matcher(text);
        int at = 0;
        while (name.find(at)) {
            Options options = Options.at(text, name.end());
            out.append(text, at, name.start());
            out.append(command(name.group(1), name.group(2), name.group(3), options));
            at = options.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    /** The problem with every command in its remedies as it has to be pasted. */
    public Problem in(Problem problem) {
        return problem.withRemedies(problem.remedies().stream().map(this).toArray(String[]::new));
    }

    private String command(@Nullable String sudo, @Nullable String account, @Nullable String named, Options options) {
        String name = named == null ? "" : named;
        boolean asAccount = account != null;
        boolean helps = options.has("--help") || options.has("-h");
        Scope scope = options.scope().orElseGet(() -> sudo != null && !asAccount ? Scope.SYSTEM : scope());
        boolean raised = !asAccount
                && !root
                && (sudo != null
                        || (loaded.isPresent()
                                && scope == Scope.SYSTEM
                                && AS_ROOT.contains(name)
                                && !helps
                                && !options.has("--dry-run")));
        StringBuilder line = new StringBuilder();
        if (asAccount) {
            line.append(sudo).append(called.get().anywhere());
        } else {
            line.append(
                    raised ? "sudo " + called.get().withSudo() : called.get().name());
        }
        line.append(name.isEmpty() ? "" : " ").append(name).append(options.text());
        if (helps || asAccount) {
            return line.toString();
        }
        if (name.equals("provision")
                && loaded.isPresent()
                && here
                && !options.has("--here")
                && !options.has("--remove")) {
            line.append(" --here");
        }
        typed(name, options, scope, raised).forEach(word -> line.append(' ').append(word));
        return line.toString();
    }

    /** What was typed, and below sudo, which clears the environment, what variables say. */
    private List<String> typed(String name, Options options, Scope scope, boolean raised) {
        if (loaded.isEmpty()) {
            return List.of();
        }
        Loaded known = loaded.get();
        List<String> words = new ArrayList<>();
        Set<ConfigKey> taken = SETTINGS.getOrDefault(name, Set.of());
        if (!taken.isEmpty() && !options.has("--config")) {
            known.file().ifPresent(file -> words.addAll(List.of("--config", Command.word(file.toString()))));
        }
        boolean named = options.has(ConfigKey.SCOPE.flag());
        for (Setting setting : known.table().values()) {
            ConfigKey key = setting.key();
            Origin.Kind from = setting.origin().kind();
            boolean typed = from == Origin.Kind.FLAG || (raised && from == Origin.Kind.ENVIRONMENT);
            boolean elsewhere = scope != known.settings().scope()
                    && (ACCOUNTS.contains(key) || (PLACES.contains(key) && AS_ROOT.contains(name)));
            if (typed && taken.contains(key) && !elsewhere && !options.has(key)) {
                setting.shown().forEach(value -> words.addAll(List.of(key.flag(), Command.word(value))));
                named |= key == ConfigKey.SCOPE;
            }
        }
        if (scope == Scope.USER && root && !named && taken.contains(ConfigKey.SCOPE)) {
            words.addAll(List.of(ConfigKey.SCOPE.flag(), "user"));
        }
        return words;
    }

    private Scope scope() {
        return loaded.map(known -> known.settings().scope()).orElse(root ? Scope.SYSTEM : Scope.USER);
    }

    /** What commands look like in a text. Most runs print none. */
    private static final class Shape {
        private static final String VALUE = "(?:'(?:[^']|'\\\\'')*'|[^\\s'\"()`;,]+)";
        private static final Pattern NAME = Pattern.compile("(?<![\\w./-])(sudo (-u \\S+ (?:-i )?)?)?crossarm(?: ("
                + SETTINGS.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"))
                + "|config)(?![\\w-])|(?= --(?:help|version)\\b| <command>))");
        private static final Pattern OPTION = Pattern.compile(" (--?[a-z][a-z-]*)(=" + VALUE + ")?");
        private static final Pattern WORD = Pattern.compile(" (" + VALUE + ")");
    }

    /** The options that follow a command in a text, up to the first word that is none. */
    private record Options(String text, int end, Map<String, String> values) {

        static Options at(String text, int start) {
            Map<String, String> values = new LinkedHashMap<>();
            Matcher option = Shape.OPTION.matcher(text);
            int end = start;
            while (option.region(end, text.length()).lookingAt()) {
                end = option.end();
                String value = option.group(2) == null ? "" : option.group(2).substring(1);
                Matcher word = Shape.WORD.matcher(text);
                if (option.group(2) == null
                        && takesValue(option.group(1))
                        && word.region(end, text.length()).lookingAt()) {
                    end = word.end();
                    value = word.group(1);
                }
                values.put(option.group(1), value);
            }
            return new Options(text.substring(start, end), end, values);
        }

        private static boolean takesValue(String option) {
            return WITH_VALUE.contains(option)
                    || Arrays.stream(ConfigKey.values())
                            .anyMatch(key -> key.flag().equals(option));
        }

        boolean has(String option) {
            return values.containsKey(option);
        }

        boolean has(ConfigKey key) {
            return has(key.flag()) || (key == ConfigKey.COMPILER && has("--cpp"));
        }

        Optional<Scope> scope() {
            return Optional.ofNullable(values.get(ConfigKey.SCOPE.flag()))
                    .flatMap(word -> Arrays.stream(Scope.values())
                            .filter(scope -> scope.name().equalsIgnoreCase(word))
                            .findFirst());
        }
    }
}
