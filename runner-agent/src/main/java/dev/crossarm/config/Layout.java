package dev.crossarm.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where everything lies on a host.
 *
 * @param prefix our own files, owned by root in system scope
 * @param state journal, receipts, locks
 * @param rustupHome RUSTUP_HOME jobs use
 * @param cargoHome CARGO_HOME jobs use
 * @param ownRustHomes whether those two are ours (system scope, or none existed) and not the user's
 * @param owner account that owns the Rust homes; absent for the current one
 */
public record Layout(
        Path prefix, Path state, Path rustupHome, Path cargoHome, boolean ownRustHomes, Optional<String> owner) {

    /** The prefix of an account's own scope, where its variables say nothing else. */
    public static Path usersPrefix(Path home) {
        return home.resolve(".local/share/crossarm");
    }

    /** Wrappers, found first on a job's PATH. */
    public Path bin() {
        return prefix.resolve("bin");
    }

    public Path etc() {
        return prefix.resolve("etc");
    }

    /** rustup's and cargo's programs. */
    public Path cargoBin() {
        return cargoHome.resolve("bin");
    }

    /** What steps remember of what they added, one file each. */
    public Path receipts() {
        return receipts(state);
    }

    /** The same, before the rest of the layout is known. */
    public static Path receipts(Path state) {
        return state.resolve("receipts");
    }

    public Path journal() {
        return state.resolve("journal.jsonl");
    }

    /** Runners that Crossarm installs, with their packages and records. */
    public Path runners() {
        return runners(state);
    }

    /** The same, before the rest of the layout is known. */
    public static Path runners(Path state) {
        return state.resolve("runners");
    }

    public Path lock() {
        return state.resolve("lock");
    }
}
