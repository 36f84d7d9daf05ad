package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutResolverTest {

    private static Layout resolve(Surroundings surroundings, Set<Path> folders, Optional<String> jobUser) {
        Settings settings = new SettingsLoader(surroundings, ConfigTestHost.NO_FILE)
                .load(Map.of(), Optional.empty())
                .settings();
        return new LayoutResolver(surroundings, folders::contains).resolve(settings, jobUser);
    }

    @Test
    void keeps_rust_homes_of_our_own_for_the_job_user_when_in_system_scope() {
        Layout layout = resolve(
                ConfigTestHost.root(Map.of("RUSTUP_HOME", "/root/.rustup")),
                Set.of(Path.of("/root/.rustup/toolchains")),
                Optional.of("runner"));

        assertThat(layout)
                .isEqualTo(new Layout(
                        Path.of("/opt/crossarm"),
                        Path.of("/var/lib/crossarm"),
                        Path.of("/var/lib/crossarm/rust/rustup"),
                        Path.of("/var/lib/crossarm/rust/cargo"),
                        true,
                        Optional.of("runner")));
    }

    @Test
    void needs_no_change_of_owner_when_the_job_user_is_the_current_one() {
        assertThat(resolve(ConfigTestHost.root(Map.of()), Set.of(), Optional.of("root"))
                        .owner())
                .isEmpty();
    }

    @Test
    void uses_the_users_own_rust_homes_when_rustup_is_set_up_there() {
        Layout layout = resolve(
                ConfigTestHost.user(Path.of("/home/ada"), Map.of("CARGO_HOME", "/data/cargo")),
                Set.of(Path.of("/home/ada/.rustup/toolchains")),
                Optional.empty());

        assertThat(layout.rustupHome()).isEqualTo(Path.of("/home/ada/.rustup"));
        assertThat(layout.cargoHome()).isEqualTo(Path.of("/data/cargo"));
        assertThat(layout.ownRustHomes()).isFalse();
    }

    @Test
    void makes_rust_homes_of_our_own_when_the_user_has_none() {
        Layout layout = resolve(ConfigTestHost.user(Path.of("/home/ada"), Map.of()), Set.of(), Optional.empty());

        assertThat(layout.rustupHome()).isEqualTo(Path.of("/home/ada/.local/share/crossarm/rust/rustup"));
        assertThat(layout.ownRustHomes()).isTrue();
    }

    @Test
    void still_knows_its_own_homes_when_the_shell_has_our_environment_set() {
        Path own = Path.of("/home/ada/.local/share/crossarm/rust/rustup");

        Layout layout = resolve(
                ConfigTestHost.user(Path.of("/home/ada"), Map.of("RUSTUP_HOME", own.toString())),
                Set.of(own.resolve("toolchains")),
                Optional.empty());

        assertThat(layout.ownRustHomes()).isTrue();
    }
}
