package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

    @TempDir
    Path folder;

    private static final Settings EVERYTHING = new Settings(
            Scope.USER,
            Path.of("/a/prefix"),
            Path.of("/a/state"),
            Optional.of("builder"),
            Target.X86_64_MUSL,
            Compiler.GNU,
            "1.85.1",
            List.of("clippy", "rust-src"),
            Settings.RustupSource.DISTRIBUTION,
            Optional.of("https://dist.example"),
            Optional.of("https://root.example/rustup"),
            List.of("/srv/runner-*", "/srv/other"),
            Duration.ofSeconds(90));

    private static final Map<ConfigKey, List<String>> EVERYTHING_AS_TEXT = everythingAsText();

    private static Map<ConfigKey, List<String>> everythingAsText() {
        Map<ConfigKey, List<String>> text = new EnumMap<>(ConfigKey.class);
        text.put(ConfigKey.SCOPE, List.of("user"));
        text.put(ConfigKey.PREFIX, List.of("/a/prefix"));
        text.put(ConfigKey.STATE_DIRECTORY, List.of("/a/state"));
        text.put(ConfigKey.JOB_USER, List.of("builder"));
        text.put(ConfigKey.TARGET, List.of("x86_64-unknown-linux-musl"));
        text.put(ConfigKey.COMPILER, List.of("gnu"));
        text.put(ConfigKey.CHANNEL, List.of("1.85.1"));
        text.put(ConfigKey.COMPONENTS, List.of("clippy", "rust-src"));
        text.put(ConfigKey.RUSTUP_SOURCE, List.of("distribution"));
        text.put(ConfigKey.RUSTUP_DIST_SERVER, List.of("https://dist.example"));
        text.put(ConfigKey.RUSTUP_UPDATE_ROOT, List.of("https://root.example/rustup"));
        text.put(ConfigKey.RUNNERS, List.of("/srv/runner-*", "/srv/other"));
        text.put(ConfigKey.RUNNER_LONGEST_JOB, List.of("24h"));
        text.put(ConfigKey.LOCK_TIMEOUT, List.of("90s"));
        text.put(ConfigKey.RUNNER_RELEASES, List.of("https://mirror.example/releases"));
        text.put(ConfigKey.BUILD_CACHE_DIRECTORY, List.of("/a/cache"));
        text.put(ConfigKey.BUILD_CACHE_LIMIT, List.of("5G"));
        text.put(ConfigKey.GITHUB_URL, List.of("https://github.com/ACME"));
        text.put(ConfigKey.GITHUB_APP_ID, List.of("123456"));
        text.put(ConfigKey.GITHUB_APP_KEY, List.of("/a/app.pem"));
        text.put(ConfigKey.GITHUB_TOKEN_FILE, List.of("/a/token"));
        text.put(ConfigKey.GITHUB_CREDENTIAL_HELPER, List.of("/a/helper get"));
        text.put(ConfigKey.GITHUB_WRITES_PER_SECOND, List.of("0.5"));
        return text;
    }

    private static Loaded load(Map<String, String> environment) {
        return new SettingsLoader(ConfigTestHost.root(environment), ConfigTestHost.NO_FILE)
                .load(Map.of(), Optional.empty());
    }

    private Loaded loadFile(String content, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("config.toml"), content);
        return new SettingsLoader(ConfigTestHost.root(environment), file).load(Map.of(), Optional.empty());
    }

    private Problem refusal(String content, Map<String, String> environment) {
        return catchThrowableOfType(CrossarmException.class, () -> loadFile(content, environment))
                .problem();
    }

    @Test
    void gives_the_recorded_defaults_when_nothing_is_set_and_root_asks() {
        Loaded loaded = load(Map.of());

        assertThat(loaded.settings())
                .isEqualTo(new Settings(
                        Scope.SYSTEM,
                        Path.of("/opt/crossarm"),
                        Path.of("/var/lib/crossarm"),
                        Optional.empty(),
                        Target.X86_64_MUSL,
                        Compiler.MUSL,
                        "stable",
                        List.of("clippy", "rustfmt"),
                        Settings.RustupSource.AUTO,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ofMinutes(10)));
        assertThat(loaded.table()).containsOnlyKeys(ConfigKey.values());
        assertThat(loaded.table().values()).allMatch(row -> row.origin().kind() == Origin.Kind.DEFAULT);
    }

    @Test
    void stays_in_the_home_when_nothing_is_set_and_a_user_asks() {
        Loaded loaded = new SettingsLoader(ConfigTestHost.user(Path.of("/home/ada"), Map.of()), ConfigTestHost.NO_FILE)
                .load(Map.of(), Optional.empty());

        assertThat(loaded.settings().scope()).isEqualTo(Scope.USER);
        assertThat(loaded.settings().prefix()).isEqualTo(Path.of("/home/ada/.local/share/crossarm"));
        assertThat(loaded.settings().stateDirectory()).isEqualTo(Path.of("/home/ada/.local/state/crossarm"));
    }

    @Test
    void maps_every_option_when_all_are_given() {
        assertThat(EVERYTHING_AS_TEXT).as("a new key needs a row here").containsOnlyKeys(ConfigKey.values());

        Loaded loaded = new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE)
                .load(EVERYTHING_AS_TEXT, Optional.empty());

        assertThat(loaded.settings()).isEqualTo(EVERYTHING);
        assertThat(loaded.table().values()).allMatch(row -> row.origin().kind() == Origin.Kind.FLAG);
    }

    @Test
    void maps_every_variable_when_all_are_set() {
        Map<String, String> environment = new java.util.TreeMap<>();
        EVERYTHING_AS_TEXT.forEach((key, values) -> environment.put(key.variable(), String.join(",", values)));

        Loaded loaded = load(environment);

        assertThat(loaded.settings()).isEqualTo(EVERYTHING);
        assertThat(loaded.table().values()).allMatch(row -> row.origin().kind() == Origin.Kind.ENVIRONMENT);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void maps_every_key_when_all_are_in_the_file() throws IOException {
        StringBuilder toml = new StringBuilder();
        EVERYTHING_AS_TEXT.forEach((key, values) -> toml.append(key.key())
                .append(" = ")
                .append(key.type().list() ? "[\"" + String.join("\", \"", values) + "\"]" : '"' + values.get(0) + '"')
                .append('\n'));

        Loaded loaded = loadFile(toml.toString(), Map.of());

        assertThat(loaded.settings()).isEqualTo(EVERYTHING);
        assertThat(loaded.table().values()).allMatch(row -> row.origin().kind() == Origin.Kind.FILE);
        assertThat(loaded.origin(ConfigKey.STATE_DIRECTORY)).hasToString(folder.resolve("config.toml") + ":3:1");
    }

    @Test
    void prefers_option_to_variable_to_file_to_default_when_several_are_set() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.toml"),
                "lock-timeout = \"1m\"\n[rust]\nchannel = \"1.80\"\ncomponents = [\"clippy\"]\n");
        Map<String, String> environment =
                Map.of("CROSSARM_RUST_CHANNEL", "1.81", "CROSSARM_RUST_COMPONENTS", "rustfmt");

        Loaded loaded = new SettingsLoader(ConfigTestHost.root(environment), file)
                .load(Map.of(ConfigKey.CHANNEL, List.of("1.82")), Optional.empty());

        assertThat(loaded.settings().channel()).isEqualTo("1.82");
        assertThat(loaded.origin(ConfigKey.CHANNEL)).hasToString("--channel");
        assertThat(loaded.settings().components()).containsExactly("rustfmt");
        assertThat(loaded.origin(ConfigKey.COMPONENTS)).hasToString("CROSSARM_RUST_COMPONENTS");
        assertThat(loaded.settings().lockTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(loaded.origin(ConfigKey.LOCK_TIMEOUT)).hasToString(file + ":1:1");
        assertThat(loaded.origin(ConfigKey.TARGET)).hasToString("default");
    }

    @Test
    void takes_rustups_own_variables_when_ours_are_not_set() throws IOException {
        String file = "rustup.dist-server = \"https://file.example\"\n";

        assertThat(loadFile(file, Map.of("RUSTUP_DIST_SERVER", "https://theirs.example"))
                        .settings()
                        .rustupDistServer())
                .contains("https://theirs.example");
        assertThat(loadFile(
                                file,
                                Map.of(
                                        "RUSTUP_DIST_SERVER",
                                        "https://theirs.example",
                                        "CROSSARM_RUSTUP_DIST_SERVER",
                                        "https://ours.example"))
                        .settings()
                        .rustupDistServer())
                .contains("https://ours.example");
        assertThat(load(Map.of("RUSTUP_UPDATE_ROOT", "http://root.example")).origin(ConfigKey.RUSTUP_UPDATE_ROOT))
                .hasToString("RUSTUP_UPDATE_ROOT");
    }

    @Test
    void counts_an_empty_variable_as_unset() {
        assertThat(load(Map.of("CROSSARM_TARGET", "")).origin(ConfigKey.TARGET)).hasToString("default");
    }

    @Test
    void lets_the_users_file_win_over_the_machines_when_in_user_scope() throws IOException {
        Path system = Files.writeString(folder.resolve("system.toml"), "compiler = \"gnu\"\nrust.channel = \"1.80\"\n");
        Path own = folder.resolve(".config/crossarm/config.toml");
        Files.createDirectories(folder.resolve(".config/crossarm"));
        Files.writeString(own, "rust.channel = \"1.81\"\n");

        Loaded user =
                new SettingsLoader(ConfigTestHost.user(folder, Map.of()), system).load(Map.of(), Optional.empty());
        Loaded root = new SettingsLoader(ConfigTestHost.root(Map.of()), system).load(Map.of(), Optional.empty());

        assertThat(user.origin(ConfigKey.CHANNEL)).hasToString(own + ":1:1");
        assertThat(user.origin(ConfigKey.COMPILER)).hasToString(system + ":1:1");
        assertThat(root.settings().channel()).isEqualTo("1.80");
    }

    @Test
    void refuses_system_scope_when_it_stands_in_a_users_own_file() throws IOException {
        Files.createDirectories(folder.resolve(".config/crossarm"));
        Files.writeString(folder.resolve(".config/crossarm/config.toml"), "scope = \"system\"\n");
        SettingsLoader loader = new SettingsLoader(ConfigTestHost.user(folder, Map.of()), ConfigTestHost.NO_FILE);

        Problem problem = catchThrowableOfType(CrossarmException.class, () -> loader.load(Map.of(), Optional.empty()))
                .problem();

        assertThat(problem.detail()).contains("config.toml:1:1: scope can only be user");
    }

    @Test
    void reads_only_the_named_file_when_one_is_named() throws IOException {
        Path system = Files.writeString(folder.resolve("system.toml"), "rust.channel = \"1.80\"\n");
        Path named = Files.writeString(folder.resolve("named.toml"), "lock-timeout = \"1h\"\n");
        Map<String, String> byVariable = Map.of("CROSSARM_CONFIG", named.toString());

        for (Loaded loaded : List.of(
                new SettingsLoader(ConfigTestHost.root(byVariable), system).load(Map.of(), Optional.empty()),
                new SettingsLoader(ConfigTestHost.root(Map.of()), system).load(Map.of(), Optional.of(named)))) {
            assertThat(loaded.settings().channel()).isEqualTo("stable");
            assertThat(loaded.settings().lockTimeout()).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void refuses_a_home_directory_whose_name_the_compilers_cannot_take_and_accepts_another_folder() {
        Surroundings root = ConfigTestHost.root(Map.of());
        Surroundings spaced =
                new Surroundings(Map.of(), "ann", false, Path.of("/home/ann lee"), root.directory(), false, 80);
        Surroundings elsewhere = new Surroundings(
                Map.of("XDG_DATA_HOME", "/srv/data"), "ann", false, spaced.home(), root.directory(), false, 80);

        Problem problem = catchThrowableOfType(
                        CrossarmException.class,
                        () -> new SettingsLoader(spaced, ConfigTestHost.NO_FILE).load(Map.of(), Optional.empty()))
                .problem();

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary()).contains("/home/ann lee/.local/share/crossarm", "spaces");
        assertThat(problem.remedies().get(0)).endsWith("export XDG_DATA_HOME=/srv/data");
        assertThat(new SettingsLoader(elsewhere, ConfigTestHost.NO_FILE)
                        .load(Map.of(), Optional.empty())
                        .settings()
                        .prefix())
                .isEqualTo(Path.of("/srv/data/crossarm"));
    }

    @Test
    void fails_when_the_named_file_is_absent_or_a_folder() {
        for (Path file : List.of(folder.resolve("absent.toml"), folder)) {
            Problem problem = catchThrowableOfType(
                            CrossarmException.class,
                            () -> new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE)
                                    .load(Map.of(), Optional.of(file)))
                    .problem();

            assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
            assertThat(problem.detail()).startsWith(file + ": ");
        }
    }

    @Test
    void reports_every_fault_with_its_place_when_there_are_several() {
        Problem problem = refusal("""
                scop = "system"
                lock-timeout = 10
                compiler = "gnuu"

                [rust]
                chanel = "stable"
                components = ["clippy", 3]

                [rustup]
                dist-server = "ftp://u:hunter2@host"

                [extra]
                a = 1
                """, Map.of("CROSSARM_PREFIX", "relative/path"));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary()).isEqualTo("there are 8 errors in the configuration");
        String at = folder.resolve("config.toml") + ":";
        assertThat(problem.detail().lines())
                .contains(
                        "CROSSARM_PREFIX: must be an absolute path",
                        at + "1:1: unknown key scop; did you mean scope?",
                        at + "3:1: compiler must be one of musl, cpp, gnu; did you mean gnu?",
                        at + "6:1: unknown key rust.chanel; did you mean rust.channel?",
                        at + "7:25: rust.components must be a list of strings only",
                        at + "12:1: unknown key extra")
                .anyMatch(line -> line.startsWith(at + "2:1: lock-timeout must be a string in quotes"))
                .anyMatch(line -> line.startsWith(at + "10:1: rustup.dist-server must be an address"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void suggests_the_full_key_when_its_table_was_forgotten() {
        assertThat(refusal("channel = \"stable\"\n", Map.of()).detail())
                .endsWith(":1:1: unknown key channel; did you mean rust.channel?");
    }

    @Test
    void names_line_and_column_when_the_syntax_is_wrong_or_a_key_stands_twice() {
        assertThat(refusal("compiler = \"gnu\"\ncompiler = \"gnu\"\n", Map.of()).detail())
                .endsWith("config.toml:2:1: compiler is set twice, first at line 1, column 1");
        assertThat(refusal("[rust]\nchannel = \"beta\"\n[rust]\n", Map.of()).detail())
                .endsWith("config.toml:3:1: rust is set twice, first at line 1, column 1");
        assertThat(refusal("scope = \"system\"\nprefix = = 3\n", Map.of()).detail())
                .contains("config.toml:2:10: ");
    }

    @Test
    void ends_with_the_status_for_usage_when_only_options_are_wrong() {
        SettingsLoader loader = new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE);

        Problem problem = catchThrowableOfType(
                        CrossarmException.class,
                        () -> loader.load(Map.of(ConfigKey.CHANNEL, List.of("fast")), Optional.empty()))
                .problem();

        assertThat(problem.exit()).isEqualTo(ExitStatus.USAGE);
        assertThat(problem.summary()).isEqualTo("there is an error on the command line");
        assertThat(problem.detail()).startsWith("--channel: must be a channel or version");
    }

    @Test
    void takes_relative_paths_from_the_working_directory_when_they_are_options() {
        Loaded loaded = new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE)
                .load(Map.of(ConfigKey.RUNNERS, List.of("../run*", "/abs")), Optional.empty());

        assertThat(loaded.settings().runners()).containsExactly("/run*", "/abs");
    }

    @Test
    void warns_when_a_variable_looks_like_ours_and_is_not() {
        assertThat(load(Map.of(
                                "CROSSARM_TARGT", "x",
                                "CROSSARM_LAB_MEMORY", "x",
                                "CROSSARM_INPUT_TARGET", "x",
                                "CROSSARM_CACHE", "x",
                                "CROSSARM_JAR", "/x/crossarm.jar",
                                "CROSSARM_JOB_RECORDS", "/x",
                                "CROSSARM_TERMINAL", "x"))
                        .warnings())
                .containsExactly("the variable CROSSARM_TARGT is not known to crossarm; did you mean CROSSARM_TARGET?");
    }

    @Test
    void repeats_what_was_given_on_the_command_line_and_nothing_else() {
        Map<ConfigKey, List<String>> flags = new EnumMap<>(ConfigKey.class);
        flags.put(ConfigKey.PREFIX, List.of("/a/place"));
        flags.put(ConfigKey.RUNNERS, List.of("/srv/it's"));
        flags.put(ConfigKey.COMPONENTS, List.of("clippy", "rust-src"));
        flags.put(ConfigKey.RUSTUP_DIST_SERVER, List.of("https://ada:pw@dist.example"));

        Loaded loaded = new SettingsLoader(
                        ConfigTestHost.root(Map.of("CROSSARM_RUST_CHANNEL", "beta")), ConfigTestHost.NO_FILE)
                .load(flags, Optional.empty());

        OwnCommands commands = OwnCommands.of(() -> CalledAs.INSTALLED, true, false);
        assertThat(commands.with(loaded).apply("crossarm check"))
                .startsWith("crossarm check --prefix /a/place --component clippy --component rust-src"
                        + " --rustup-dist-server ")
                .endsWith(" --runner '/srv/it'\\''s'")
                .doesNotContain("pw")
                .doesNotContain("beta");
        assertThat(commands.with(load(Map.of())).apply("crossarm check")).isEqualTo("crossarm check");
    }

    @Test
    void masks_credentials_in_addresses_when_they_are_shown() {
        Loaded loaded = load(Map.of("RUSTUP_DIST_SERVER", "https://ada:hunter2@mirror.example/rust"));

        assertThat(loaded.setting(ConfigKey.RUSTUP_DIST_SERVER).shown())
                .containsExactly("https://***@mirror.example/rust");
    }
}
