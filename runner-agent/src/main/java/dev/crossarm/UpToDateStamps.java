package dev.crossarm;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.LayoutResolver;
import dev.crossarm.config.SettingsLoader;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.proof.SelfTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a provision leaves behind for the next one: the stamps of everything it looked at to find this site in order. Only a short
 * cut, so that nothing about it ever fails a run.
 */
final class UpToDateStamps {
    /** What the system is, and who is who on it. */
    private static final List<Path> LOOKED_AT =
            List.of(Path.of("/etc/os-release"), Path.of("/etc/passwd"), Path.of("/etc/group"));

    private final HostPorts host;
    private final Site site;
    private final UpToDate upToDate;

    UpToDateStamps(HostPorts host, Site site, UpToDate upToDate) {
        this.host = host;
        this.site = site;
        this.upToDate = upToDate;
    }

    /** The stamps as they are now; empty where a step has inputs that cannot be named, or they cannot be read. */
    Optional<Stamps> stamps(StepGraph steps, Supplier<SelfTest> selfTest) {
        if (!here()) {
            return Optional.empty();
        }
        try {
            return inputs(steps, selfTest).flatMap(Stamps::of);
        } catch (RuntimeException unreadable) {
            // Whatever it is, the steps tell of it themselves; all that is lost is a short cut.
            return Optional.empty();
        }
    }

    private Optional<Inputs> inputs(StepGraph steps, Supplier<SelfTest> selfTest) {
        Inputs inputs = selfTest.get().inputs();
        LOOKED_AT.forEach(inputs::whole);
        new SettingsLoader(host.surroundings(), SettingsLoader.SYSTEM_FILE)
                .places(site.loaded().file())
                .forEach(inputs::whole);
        new LayoutResolver(host.surroundings(), Files::isDirectory).lookedFor().forEach(inputs::place);
        inputs.whole(Main.jar());
        for (Step step : steps.steps()) {
            Optional<Inputs> more = step.inputs();
            if (more.isEmpty()) {
                return Optional.empty();
            }
            inputs.with(more.get());
        }
        return Optional.of(inputs);
    }

    void remember(Stamps stamps, List<String> said) {
        try {
            upToDate.remember(host.files(), host.clock().instant(), stamps, said);
        } catch (CrossarmException notWritten) {
            // The next run looks at everything again, and no more than that.
            return;
        }
    }

    void forget() {
        try {
            if (here()) {
                upToDate.forget(host.files());
            }
        } catch (CrossarmException kept) {
            // What is about to change no longer has the stamps that are kept there.
            return;
        }
    }

    /** Whether what was remembered is of this site's scope. */
    private boolean here() {
        return site.layout().state().resolve(UpToDate.NAME).equals(upToDate.file());
    }
}
