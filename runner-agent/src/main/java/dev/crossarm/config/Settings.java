package dev.crossarm.config;

import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The effective settings of a run.
 *
 * @param scope system or user
 * @param prefix our own files ({@code bin/}, {@code etc/}, {@code musl/}); {@code /opt/crossarm} or {@code ~/.local/share/crossarm}
 * @param stateDirectory journal, receipts, locks, Rust homes; {@code /var/lib/crossarm} or {@code ~/.local/state/crossarm}
 * @param jobUser account whose jobs build here and that owns the Rust homes; absent means: the account of the runners, else the
 *     owner of the Rust homes that are there, else the caller behind sudo, else the current account
 * @param target what is built for
 * @param compiler how C in crates is compiled
 * @param channel Rust channel or version, as rustup takes it
 * @param components rustup components besides the minimal profile
 * @param rustupSource where rustup itself comes from
 * @param rustupDistServer RUSTUP_DIST_SERVER, absent for rustup's own
 * @param rustupUpdateRoot RUSTUP_UPDATE_ROOT, absent for rustup's own
 * @param runners runner directories or globs of them, besides those that systemd units point at
 * @param lockTimeout how long to wait for apt, dpkg or another run
 */
public record Settings(
        Scope scope,
        Path prefix,
        Path stateDirectory,
        Optional<String> jobUser,
        Target target,
        Compiler compiler,
        String channel,
        List<String> components,
        RustupSource rustupSource,
        Optional<String> rustupDistServer,
        Optional<String> rustupUpdateRoot,
        List<String> runners,
        Duration lockTimeout) {

    /** Where rustup itself comes from. */
    public enum RustupSource {
        /** rustup's own site (or the configured root); the distribution's package where nothing else can be reached. */
        AUTO,
        OFFICIAL,
        DISTRIBUTION
    }

    public Settings {
        components = List.copyOf(components);
        runners = List.copyOf(runners);
    }
}
