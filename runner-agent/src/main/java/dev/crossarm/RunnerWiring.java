package dev.crossarm;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Loaded;
import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.Downloader;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.HostFactsReader;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.runner.install.JobAccounts;
import dev.crossarm.runner.install.PackageSource;
import dev.crossarm.runner.install.PackageStore;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerInstallation;
import dev.crossarm.runner.install.RunnerLibraries;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.runner.install.RunnerUpdate;
import dev.crossarm.runner.service.UnitRunnerService;
import dev.crossarm.target.Distribution;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Makes what installs and updates runners. */
final class RunnerWiring {
    private static final Path ROOT = Path.of("/");

    private final HostPorts host;
    private final Loaded loaded;
    private final HostFacts facts;
    private final RunnerHome home;

    RunnerWiring(HostPorts host, Loaded loaded, HostFacts facts) {
        this.host = host;
        this.loaded = loaded;
        this.facts = facts;
        this.home = new RunnerHome(Layout.runners(loaded.settings().stateDirectory()));
    }

    RunnerRecords records() {
        return new RunnerRecords(host.files(), home);
    }

    RunnerInstallation installation(Supplier<Optional<String>> account) {
        return new RunnerInstallation(
                home,
                host.files(),
                host.commands(),
                packages(),
                libraries(),
                new RunnerInstallation.Usual(HostFactsReader.hostName(), account, JobAccounts.USUAL));
    }

    RunnerUpdate update() {
        Supervision supervision = new Supervision(host);
        return new RunnerUpdate(
                home,
                host.files(),
                host.commands(),
                packages(),
                libraries(),
                new UnitRunnerService(supervision.services(), supervision.processes(), home),
                host.sleeper());
    }

    private PackageStore packages() {
        Downloader downloader = new Downloader(
                host.surroundings().environment(),
                host.files(),
                host.clock(),
                host.sleeper(),
                new SplittableRandom(),
                DownloadLimits.USUAL);
        Optional<URI> releases = loaded.setting(ConfigKey.RUNNER_RELEASES).values().stream()
                .findFirst()
                .map(URI::create)
                .or(() -> GitHubSettings.of(loaded).address().map(GitHubAddress::runnerReleases));
        PackageSource source = PackageSource.of(access(), downloader, releases, facts.architecture());
        return new PackageStore(home, host.files(), downloader, host.commands(), source, facts.architecture());
    }

    /** With a credential GitHub says which package it offers; everybody may ask for the release. */
    private Optional<GitHubAccess> access() {
        GitHubSettings github = GitHubSettings.of(loaded);
        return github.address().isPresent() && github.credential().isPresent()
                ? Optional.of(new GitHubWiring(host).access(github))
                : Optional.empty();
    }

    private RunnerLibraries libraries() {
        PackageInstaller installer = PackageInstaller.of(
                ROOT,
                facts,
                host.surroundings(),
                host.commands(),
                new ReceiptStore(host.files(), Layout.receipts(loaded.settings().stateDirectory())),
                host.clock(),
                host.sleeper(),
                loaded.settings().lockTimeout());
        return new RunnerLibraries(Distribution.require(facts), installer, host.commands(), facts.architecture());
    }
}
