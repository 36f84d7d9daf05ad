package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCommandsTest {

    private static Loaded typed(boolean root, Map<String, String> variables, String... flags) {
        Map<ConfigKey, List<String>> given = new EnumMap<>(ConfigKey.class);
        for (int i = 0; i < flags.length; i += 2) {
            String flag = flags[i];
            ConfigKey key = java.util.Arrays.stream(ConfigKey.values())
                    .filter(one -> one.flag().equals(flag))
                    .findFirst()
                    .orElseThrow();
            given.put(key, List.of(flags[i + 1]));
        }
        return new SettingsLoader(
                        root ? ConfigTestHost.root(variables) : ConfigTestHost.user(Path.of("/nowhere"), variables),
                        ConfigTestHost.NO_FILE)
                .load(given, Optional.empty());
    }

    private static OwnCommands root(String... flags) {
        return OwnCommands.of(() -> CalledAs.INSTALLED, true, false).with(typed(true, Map.of(), flags));
    }

    private static OwnCommands user(String... flags) {
        return OwnCommands.of(() -> CalledAs.INSTALLED, false, false).with(typed(false, Map.of(), flags));
    }

    @Test
    void carries_the_settings_that_were_typed() {
        assertThat(root("--channel", "1.85", "--runner", "/a b").apply("Again: crossarm provision --upgrade, or not"))
                .isEqualTo("Again: crossarm provision --upgrade --channel 1.85 --runner '/a b', or not");
    }

    @Test
    void does_not_repeat_or_contradict_what_the_command_says() {
        assertThat(root("--compiler", "musl").apply("crossarm provision --cpp")).isEqualTo("crossarm provision --cpp");
        assertThat(root("--channel", "1.85").apply("crossarm provision --channel stable"))
                .isEqualTo("crossarm provision --channel stable");
        assertThat(root("--channel", "1.85").apply("crossarm provision --channel=stable --only rustup"))
                .isEqualTo("crossarm provision --channel=stable --only rustup");
    }

    @Test
    void does_not_change_what_it_wrote() {
        OwnCommands commands = OwnCommands.of(
                        () -> new CalledAs("./s/crossarm", "./s/crossarm", "/x/s/crossarm"), false, true)
                .with(typed(false, Map.of(), "--scope", "system", "--runner", "/srv/r"));
        String once = commands.apply("(crossarm provision) and eval \"$(crossarm env --format shell)\"");

        assertThat(once)
                .isEqualTo("(sudo ./s/crossarm provision --here --scope system --runner /srv/r) and"
                        + " eval \"$(./s/crossarm env --format shell --scope system --runner /srv/r)\"");
        assertThat(commands.apply(once)).isEqualTo(once);
        OwnCommands named =
                OwnCommands.of(() -> CalledAs.INSTALLED, false, true).with(typed(false, Map.of(), "--scope", "system"));
        assertThat(named.apply(named.apply("crossarm provision")))
                .isEqualTo("sudo crossarm provision --here --scope system");
    }

    @Test
    void asks_for_root_where_the_scope_needs_it_and_only_there() {
        assertThat(user("--scope", "system").apply("crossarm self-test"))
                .isEqualTo("sudo crossarm self-test --scope system");
        assertThat(user("--scope", "system").apply("crossarm provision --dry-run"))
                .isEqualTo("crossarm provision --dry-run --scope system");
        assertThat(user("--scope", "system").apply("crossarm check")).isEqualTo("crossarm check --scope system");
        assertThat(user().apply("crossarm provision")).isEqualTo("crossarm provision");
        assertThat(root().apply("sudo crossarm doctor")).isEqualTo("crossarm doctor");
        assertThat(user().apply("sudo crossarm doctor")).isEqualTo("sudo crossarm doctor");
        assertThat(root("--scope", "system").apply("crossarm provision --help")).isEqualTo("crossarm provision --help");
    }

    @Test
    void leaves_behind_what_holds_in_one_scope_only_when_it_names_the_other() {
        OwnCommands commands = user("--scope", "system", "--prefix", "/opt/x", "--channel", "1.85");

        assertThat(commands.apply("crossarm provision --scope user"))
                .isEqualTo("crossarm provision --scope user --channel 1.85");
        assertThat(user("--scope", "user", "--channel", "1.85").apply("For all accounts: sudo crossarm provision"))
                .isEqualTo("For all accounts: sudo crossarm provision --channel 1.85");
    }

    @Test
    void says_user_scope_to_root_who_has_it_from_elsewhere() {
        OwnCommands commands = OwnCommands.of(() -> CalledAs.INSTALLED, true, false)
                .with(typed(true, Map.of("CROSSARM_SCOPE", "user")));

        assertThat(commands.apply("crossarm provision")).isEqualTo("crossarm provision --scope user");
    }

    @Test
    void carries_through_sudo_what_variables_say() {
        OwnCommands commands = OwnCommands.of(() -> CalledAs.INSTALLED, false, false)
                .with(typed(false, Map.of("CROSSARM_SCOPE", "system", "CROSSARM_PREFIX", "/opt/x")));

        assertThat(commands.apply("crossarm provision"))
                .isEqualTo("sudo crossarm provision --scope system --prefix /opt/x");
        assertThat(commands.apply("crossarm check")).isEqualTo("crossarm check");
    }

    @Test
    void gives_each_command_only_the_options_it_takes() {
        OwnCommands commands = root("--channel", "1.85", "--component", "clippy");

        assertThat(commands.apply("crossarm build")).isEqualTo("crossarm build --channel 1.85");
        assertThat(commands.apply("crossarm inspect target/x")).isEqualTo("crossarm inspect target/x");
        assertThat(commands.apply("crossarm explain build.log")).isEqualTo("crossarm explain build.log");
        assertThat(commands.apply("crossarm config show"))
                .isEqualTo("crossarm config show --channel 1.85 --component clippy");
    }

    @Test
    void names_the_file_of_settings_that_was_typed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my file.toml"), "");
        Loaded loaded = new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE)
                .load(Map.of(), Optional.of(file));

        assertThat(OwnCommands.of(() -> CalledAs.INSTALLED, true, false)
                        .with(loaded)
                        .apply("crossarm provision"))
                .isEqualTo("crossarm provision --config '" + file + "'");
    }

    @Test
    void leaves_alone_what_is_no_command() {
        OwnCommands commands = root("--channel", "1.85");

        for (String text : List.of(
                "/opt/crossarm provision",
                "crossarm is not on PATH",
                "crossarm environment",
                "my-crossarm check",
                "nothing of the kind")) {
            assertThat(commands.apply(text)).isEqualTo(text);
        }
    }

    @Test
    void calls_itself_from_another_account_by_its_whole_path() {
        OwnCommands commands = OwnCommands.of(
                        () -> new CalledAs("./crossarm", "./crossarm", "/home/ada/crossarm"), true, false)
                .with(typed(true, Map.of(), "--channel", "1.85"));

        assertThat(commands.apply("sudo -u ci -i crossarm check")).isEqualTo("sudo -u ci -i /home/ada/crossarm check");
    }

    @Test
    void writes_the_commands_in_a_problems_remedies() {
        Problem problem = Problem.of(ExitStatus.DATA, "x", "crossarm check failed", "crossarm doctor");

        assertThat(root("--channel", "1.85").in(problem).remedies()).containsExactly("crossarm doctor --channel 1.85");
        assertThat(root("--channel", "1.85").in(problem).summary()).isEqualTo("crossarm check failed");
    }

    @Test
    void is_called_by_its_name_only_where_the_shell_finds_this_very_file(@TempDir Path folder) throws IOException {
        Path mine = executable(folder.resolve("checkout/scripts/crossarm"));
        Path other = executable(folder.resolve("other/crossarm"));
        String path = "/usr/bin:" + other.getParent();

        assertThat(CalledAs.of("crossarm", folder, path)).isEqualTo(CalledAs.INSTALLED);
        assertThat(CalledAs.of("./checkout/scripts/crossarm", folder, path))
                .isEqualTo(new CalledAs("./checkout/scripts/crossarm", "./checkout/scripts/crossarm", mine.toString()));
        assertThat(CalledAs.of(other.toString(), folder, path))
                .isEqualTo(new CalledAs("crossarm", other.toString(), other.toString()));
        Path spaced = executable(folder.resolve("a b/crossarm"));
        assertThat(CalledAs.of(spaced.toString(), folder, path).name()).isEqualTo("'" + spaced + "'");
    }

    private static Path executable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
