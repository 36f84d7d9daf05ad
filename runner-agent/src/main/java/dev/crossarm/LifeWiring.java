package dev.crossarm;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Settings;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.github.Patience;
import dev.crossarm.github.RequestPace;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.runner.env.RunnerEnvironmentStep;
import dev.crossarm.runner.env.RunnerEnvironmentSteps;
import dev.crossarm.runner.env.RunnerFinder;
import dev.crossarm.runner.env.RunnerPlaces;
import dev.crossarm.runner.install.JobAccounts;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.runner.life.EnvironmentSections;
import dev.crossarm.runner.life.LifePorts;
import dev.crossarm.runner.life.RunnerLife;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The life of runners, through real adapters. */
record LifeWiring(HostPorts host, Site site, Supplier<SelfTest> selfTest) {

    RunnerLife life() {
        GitHubSettings github = GitHubSettings.of(site.loaded());
        GitHubWiring wiring = new GitHubWiring(host);
        RequestPace pace = wiring.pace(github);
        RunnerHome home = new RunnerHome(site.layout().runners());
        RunnerUnits units = new Supervision(host).units(settings().stateDirectory(), longestJob());
        return new RunnerLife(new LifePorts(
                home,
                new RunnerRecords(host.files(), home),
                host.files(),
                host.receipts(site.layout()),
                host.commands(),
                address -> wiring.access(github, address, pace),
                new Patience(host.sleeper(), pace),
                units,
                units,
                new Sections(),
                new JobAccounts(home, host.files(), host.commands(), JobAccounts.USUAL)::remove,
                host.clock(),
                host.sleeper(),
                site.facts().architecture(),
                this::proven,
                () -> host.runners(settings()).find()));
    }

    private Settings settings() {
        return site.loaded().settings();
    }

    private Duration longestJob() {
        // And some time to tell the result.
        return site.loaded().duration(ConfigKey.RUNNER_LONGEST_JOB).plus(Duration.ofMinutes(10));
    }

    private List<String> proven() {
        return selfTest.get().standing().isPresent()
                ? List.of(settings().target().triple())
                : List.of();
    }

    /** By the step that sets up all runners. */
    private final class Sections implements EnvironmentSections {

        @Override
        public void merge(Path folder, Consumer<String> said) {
            step(folder).merge(folder, new Progress() {
                @Override
                public void line(String text) {
                    said.accept(text);
                }

                @Override
                public void waiting(String reason) {
                    said.accept(reason);
                }
            });
        }

        @Override
        public void forget(Path folder) {
            step(folder).forget(folder);
        }

        private RunnerEnvironmentStep step(Path folder) {
            ReceiptStore receipts = host.receipts(site.layout());
            List<String> named = new ArrayList<>(settings().runners());
            if (Files.isDirectory(folder)) {
                named.add(folder.toString());
            }
            RunnerFinder finder = new RunnerFinder(named, receipts, host.commands(), RunnerPlaces.OF_THIS_HOST);
            return new RunnerEnvironmentSteps(
                            host.files(),
                            host.commands(),
                            receipts,
                            site.layout(),
                            host.clock(),
                            RunnerPlaces.OF_THIS_HOST,
                            host.surroundings().root())
                    .step(site.environment(), finder);
        }
    }
}
