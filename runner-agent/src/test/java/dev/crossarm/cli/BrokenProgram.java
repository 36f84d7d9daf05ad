package dev.crossarm.cli;

import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.Site;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A program with a bug: loading fails in a way that nobody foresaw. */
record BrokenProgram(Program other, String message) implements Program {

    @Override
    public Surroundings surroundings() {
        return other.surroundings();
    }

    @Override
    public String version() {
        return other.version();
    }

    @Override
    public LongSupplier nanos() {
        return other.nanos();
    }

    @Override
    public OwnCommands commands() {
        return other.commands();
    }

    @Override
    public Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file) {
        throw new IllegalStateException(message);
    }

    @Override
    public List<String> accountsProvisioned() {
        return other.accountsProvisioned();
    }

    @Override
    public Site site(Loaded loaded) {
        return other.site(loaded);
    }

    @Override
    public void loadEverything() {
        other.loadEverything();
    }
}
