package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides where everything lies. In system scope the Rust homes are our own, so that cache actions in workflows, which
 * delete parts of {@code ~/.cargo}, cannot remove the toolchain. In user scope the user's own are used where rustup
 * has already been set up, and are our own where it has not.
 */
public final class LayoutResolver {
    private final Surroundings surroundings;
    private final Predicate<Path> isDirectory;

    /** @param isDirectory whether there is a folder at a path, normally {@code Files::isDirectory} */
    public LayoutResolver(Surroundings surroundings, Predicate<Path> isDirectory) {
        this.surroundings = surroundings;
        this.isDirectory = isDirectory;
    }

    /** @param jobUser account whose jobs build here; of no account in user scope */
    public Layout resolve(Settings settings, Optional<String> jobUser) {
        if (settings.scope() == Scope.SYSTEM) {
            Path rust = settings.stateDirectory().resolve("rust");
            return layout(settings, rust, true, jobUser.filter(user -> !user.equals(surroundings.user())));
        }
        Path own = settings.prefix().resolve("rust");
        Path rustupHome = home("RUSTUP_HOME", ".rustup");
        // A shell that has our environment set names our own homes.
        if (!rustupHome.startsWith(own) && isDirectory.test(usersToolchains())) {
            return new Layout(
                    settings.prefix(),
                    settings.stateDirectory(),
                    rustupHome,
                    home("CARGO_HOME", ".cargo"),
                    false,
                    Optional.empty());
        }
        return layout(settings, own, true, Optional.empty());
    }

    /** The folders that {@link #resolve} looks for. */
    public List<Path> lookedFor() {
        return List.of(usersToolchains());
    }

    private Path usersToolchains() {
        return home("RUSTUP_HOME", ".rustup").resolve("toolchains");
    }

    private static Layout layout(Settings settings, Path rust, boolean own, Optional<String> owner) {
        return new Layout(
                settings.prefix(),
                settings.stateDirectory(),
                rust.resolve("rustup"),
                rust.resolve("cargo"),
                own,
                owner);
    }

    private Path home(String variable, String underHome) {
        return surroundings
                .variable(variable)
                .map(surroundings.directory()::resolve)
                .orElseGet(() -> surroundings.home().resolve(underHome));
    }
}
