package dev.crossarm;

import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.Site;
import dev.crossarm.config.CalledAs;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.config.SettingsLoader;
import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.HostFactsReader;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.text.Mask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The program as it really is; with {@link WiredSite} the only place that makes adapters. */
final class Wiring implements Program {
    private final Surroundings surroundings;
    private final String called;
    private final String version;
    private final UpToDate upToDate;
    private final HostPorts host;

    /**
     * @param called the first word of the command that started this
     * @param upToDate what an earlier run remembered, and this one may
     */
    Wiring(Surroundings surroundings, String called, String version, UpToDate upToDate) {
        this.called = called;
        this.surroundings = surroundings;
        this.version = version;
        this.upToDate = upToDate;
        this.host = HostPorts.of(surroundings);
    }

    /** Hides what must be shown nowhere, also what becomes known later. */
    Mask mask() {
        return host.mask();
    }

    /** Ends every child that is still there, those excepted that must never be. */
    void endChildren() {
        host.commands().endAll();
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public LongSupplier nanos() {
        return System::nanoTime;
    }

    @Override
    public OwnCommands commands() {
        return OwnCommands.of(
                () -> CalledAs.of(
                        called,
                        surroundings.directory(),
                        surroundings.variable("PATH").orElse("")),
                surroundings.root(),
                HostFactsReader.architecture().equals("x86_64"));
    }

    @Override
    public Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file) {
        return new SettingsLoader(surroundings, SettingsLoader.SYSTEM_FILE).load(flags, file);
    }

    @Override
    public List<String> accountsProvisioned() {
        return new Accounts()
                .ofThisMachine().stream()
                        .filter(account -> !account.name().equals(surroundings.user()))
                        .filter(account -> Files.isDirectory(
                                Layout.usersPrefix(account.home()).resolve("bin")))
                        .map(Account::name)
                        .toList();
    }

    @Override
    public Site site(Loaded loaded) {
        return new WiredSite(host, loaded, version, upToDate);
    }

    @Override
    public void loadEverything() {
        Rehearsal.loadEverything();
    }
}
