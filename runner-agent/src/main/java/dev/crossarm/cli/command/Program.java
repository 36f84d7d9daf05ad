package dev.crossarm.cli.command;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What commands reach the outside through. Everything is made when it is first asked for, so that a command pays only for what it uses. */
public interface Program {

    Surroundings surroundings();

    /** The release, for example {@code 0.1.0}. */
    String version();

    /** A ticker for durations, in nanoseconds. */
    LongSupplier nanos();

    /** How commands of this program are written before the settings are known. */
    OwnCommands commands();

    /** See {@link dev.crossarm.config.SettingsLoader#load}. */
    Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file);

    /** Other accounts of this machine that have something provisioned in a user scope of their own. */
    List<String> accountsProvisioned();

    /** This machine under these settings. */
    Site site(Loaded loaded);

    /** Loads all classes of this program, and what of its libraries a check may not reach. */
    void loadEverything();
}
