package dev.crossarm;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Settings;
import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.provision.compiler.BuildSystems;
import dev.crossarm.provision.compiler.CargoConfigStep;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CompilerPlace;
import dev.crossarm.provision.compiler.CompilersRecipe;
import dev.crossarm.provision.compiler.CppRecipe;
import dev.crossarm.provision.compiler.KernelHeadersStep;
import dev.crossarm.provision.compiler.MuslRecipe;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.provision.packages.PackagesStep;
import dev.crossarm.provision.rust.RustPlace;
import dev.crossarm.provision.rust.RustToolchainStep;
import dev.crossarm.provision.rust.RustupStep;
import dev.crossarm.runner.env.RunnerEnvironmentSteps;
import dev.crossarm.runner.env.RunnerPlaces;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Distribution;
import dev.crossarm.target.NeededPackages;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes the steps of provisioning for a site. */
final class ProvisioningSteps {
    private static final Path ROOT = Path.of("/");

    private final HostPorts host;
    private final Site site;
    private final HostFacts facts;

    ProvisioningSteps(HostPorts host, Site site, HostFacts facts) {
        this.host = host;
        this.site = site;
        this.facts = facts;
    }

    /** @param upgradeSince what is installed is to have been renewed since then; absent to keep it */
    StepGraph graph(Optional<Instant> upgradeSince) {
        ReceiptStore receipts = host.receipts(layout());
        RustPlace place = new RustPlace(layout(), settings(), facts);
        CompilerPlace compilerPlace = CompilerPlace.of(compiler(), tools(), place);
        PackageInstaller installer = installer(receipts);
        NeededPackages packages = Distribution.require(facts)
                .packages(facts.architecture(), target(), settings().compiler());
        StepPorts ports = new StepPorts(host.files(), host.commands(), receipts, host.sleeper());
        return StepGraph.of(List.of(
                PackagesStep.toolchain(packages, installer),
                PackagesStep.buildTools(packages, installer),
                RustupStep.of(ROOT, place, ports, downloader(), installer, host.clock(), upgradeSince),
                new RustToolchainStep(place, target(), ports, host.clock(), upgradeSince),
                MuslRecipe.step(ROOT, compilerPlace, facts, ports),
                new KernelHeadersStep(ROOT, compilerPlace, host.files()),
                CppRecipe.step(compilerPlace, facts, ports),
                CompilersRecipe.step(compilerPlace, host.files(), host.commands()),
                BuildSystems.cmake(compilerPlace, facts, host.files()),
                BuildSystems.pkgConfig(compilerPlace, host.files()),
                BuildSystems.configure(compilerPlace, host.files()),
                new CargoConfigStep(compilerPlace, userCargoHome(), host.files()),
                runnerEnvironment(receipts)));
    }

    private PackageInstaller installer(ReceiptStore receipts) {
        return PackageInstaller.of(
                ROOT,
                facts,
                host.surroundings(),
                host.commands(),
                receipts,
                host.clock(),
                host.sleeper(),
                settings().lockTimeout());
    }

    private Step runnerEnvironment(ReceiptStore receipts) {
        RunnerEnvironmentSteps steps = new RunnerEnvironmentSteps(
                host.files(),
                host.commands(),
                receipts,
                layout(),
                host.clock(),
                RunnerPlaces.OF_THIS_HOST,
                host.surroundings().root());
        return steps.step(site.environment(), host.runners(settings()));
    }

    private Downloader downloader() {
        return new Downloader(
                host.surroundings().environment(),
                host.files(),
                host.clock(),
                host.sleeper(),
                new SplittableRandom(), // it spreads pauses, and starts at once
                DownloadLimits.USUAL);
    }

    /** The job user's own cargo home, whose settings for registries a home of ours hides. */
    private Path userCargoHome() {
        Optional<String> jobUser = layout().owner();
        if (jobUser.isPresent()) {
            return new Accounts()
                    .byName(jobUser.get())
                    .map(account -> account.home().resolve(".cargo"))
                    .orElse(layout().cargoHome());
        }
        Surroundings surroundings = host.surroundings();
        return surroundings
                .variable("CARGO_HOME")
                .map(Path::of)
                // In a shell that has our environment set.
                .filter(home -> !home.equals(layout().cargoHome()))
                .orElseGet(() -> surroundings.home().resolve(".cargo"));
    }

    private Settings settings() {
        return site.loaded().settings();
    }

    private Layout layout() {
        return site.layout();
    }

    private CrossTools tools() {
        return CrossTools.of(target());
    }

    private Target target() {
        return settings().target();
    }

    private CompilerKind compiler() {
        return CompilerKind.of(settings().compiler());
    }
}
