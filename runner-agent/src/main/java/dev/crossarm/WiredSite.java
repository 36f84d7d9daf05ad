package dev.crossarm;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.Layout;
import dev.crossarm.config.LayoutResolver;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.download.Reachability;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.health.BuildConflicts;
import dev.crossarm.health.Doctor;
import dev.crossarm.health.DoctorReport;
import dev.crossarm.health.DoctorSubject;
import dev.crossarm.health.Finding;
import dev.crossarm.health.RunnerReadiness;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.HostFactsReader;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.HostLock;
import dev.crossarm.job.BuildRun;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.plan.Gate;
import dev.crossarm.plan.Journal;
import dev.crossarm.plan.Listeners;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.PlanRunner;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.RunListener;
import dev.crossarm.plan.RunReport;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestGate;
import dev.crossarm.runner.install.RunnerInstallation;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.runner.install.RunnerUpdate;
import dev.crossarm.runner.life.RunnerLife;
import dev.crossarm.runner.service.RunnerServices;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** This machine, through real adapters. Each is made when it is first needed. */
final class WiredSite implements Site {
    private final HostPorts host;
    private final Loaded loaded;
    private final String version;
    private final UpToDateStamps remembered;
    private @Nullable HostFacts facts;
    private @Nullable Layout layout;

    WiredSite(HostPorts host, Loaded loaded, String version, UpToDate upToDate) {
        this.host = host;
        this.loaded = loaded;
        this.version = version;
        this.remembered = new UpToDateStamps(host, this, upToDate);
    }

    @Override
    public Loaded loaded() {
        return loaded;
    }

    @Override
    public HostFacts facts() {
        HostFacts known = facts;
        if (known == null) {
            known = new HostFactsReader().read();
            facts = known;
        }
        return known;
    }

    @Override
    public Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = resolve(settings().scope() == Scope.SYSTEM ? jobUser() : Optional.empty());
            layout = known;
        }
        return known;
    }

    private Layout resolve(Optional<String> jobUser) {
        return new LayoutResolver(host.surroundings(), Files::isDirectory).resolve(settings(), jobUser);
    }

    /** The account given, else the one the runners run as, else the one that was chosen before, else the caller behind sudo. */
    private Optional<String> jobUser() {
        Surroundings surroundings = host.surroundings();
        return knownJobUser().or(() -> surroundings.variable("SUDO_USER").filter(user -> surroundings.root()));
    }

    /** The same without the caller, who need not have anything to do with jobs. */
    private Optional<String> knownJobUser() {
        return settings()
                .jobUser()
                .or(() -> host.runners(settings()).find().jobUser())
                .or(this::ownerOfRust);
    }

    /** Whose the Rust homes are, where they are not root's: whoever types sudo next does not take them away. */
    private Optional<String> ownerOfRust() {
        Path home = resolve(Optional.empty()).cargoHome();
        try {
            return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.getOwner(home, LinkOption.NOFOLLOW_LINKS)
                                    .getName())
                            .filter(owner -> !owner.equals("root") && !owner.matches("\\d+"))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Runners that cannot be read decide on no account here: what is wrong with them is a finding of its own. */
    private void settleLayout() {
        try {
            layout();
        } catch (CrossarmException unreadable) {
            layout = resolve(settings().jobUser());
        }
    }

    private Settings settings() {
        return loaded.settings();
    }

    @Override
    public JobEnvironment environment() {
        CompilerKind compiler = CompilerKind.of(settings().compiler());
        // Whoever owns the Rust homes does not show in the variables, so nobody is asked who that is.
        return CrossEnvironment.of(settings().target(), compiler, resolve(Optional.empty()), facts(), settings());
    }

    @Override
    public StepGraph steps(boolean upgrade) {
        return new ProvisioningSteps(host, this, facts())
                .graph(upgrade ? Optional.of(host.clock().instant()) : Optional.empty());
    }

    @Override
    public Hold hold(String command, Consumer<String> waiting) {
        HostLock lock = new HostLock(layout().lock(), host.files(), host.clock(), host.sleeper());
        HostLock.Held held = lock.acquire(command, settings().lockTimeout(), waiting);
        return held::close;
    }

    @Override
    public SelfTestGate gate(StepGraph steps) {
        return SelfTestGate.of(steps, progress -> selfTest().run(false, progress));
    }

    @Override
    public RunReport run(
            StepGraph steps, Plan plan, Optional<Gate> gate, RunListener display, Consumer<Problem> warnings) {
        if (!plan.isEmpty()) {
            remembered.forget();
        }
        Journal journal = new Journal(layout().journal(), host.mask(), warnings);
        return new PlanRunner(host.clock(), System::nanoTime, Listeners.of(journal, display))
                .run(steps, plan, gate, UUID.randomUUID().toString());
    }

    @Override
    public Optional<Stamps> stamps(StepGraph steps) {
        return remembered.stamps(steps, this::selfTest);
    }

    private SelfTest selfTest() {
        return new SelfTestRun(host, this, version).selfTest();
    }

    @Override
    public boolean inOrder(StepGraph steps) {
        return new Planner(steps).plan(Selection.all(steps)).isEmpty()
                && selfTest().standing().isPresent();
    }

    @Override
    public void remember(Stamps stamps, List<String> said) {
        remembered.remember(stamps, said);
    }

    @Override
    public void forget() {
        new RemoveState(host.files(), layout()).carryOut();
    }

    @Override
    public SelfTest.Result selfTest(boolean force, RunListener display) {
        return new SelfTestRun(host, this, version).carryOut(force, display);
    }

    @Override
    public DoctorReport doctor(boolean offline) {
        settleLayout();
        DoctorSubject subject = new DoctorSubject(
                host.surroundings(),
                facts(),
                loaded,
                layout(),
                environment(),
                settings().target(),
                () -> steps(false),
                () -> host.runners(settings()).find(),
                selfTest(),
                host.commands(),
                Path.of("/"));
        Map<String, String> variables = host.surroundings().environment();
        Doctor doctor = offline
                ? Doctor.offline(subject)
                : Doctor.online(
                        subject,
                        new Reachability(variables, host.clock())::probe,
                        host.clock(),
                        new GitHubWiring(host)::access);
        return doctor.examine();
    }

    @Override
    public List<RunnerReadiness> runners() {
        String account = layout().owner().orElse(host.surroundings().user());
        return RunnerReadiness.of(host.runners(settings()).find(), target(), environment(), account);
    }

    @Override
    public RunnerInstallation runnerInstallation() {
        return runnerWiring().installation(this::knownJobUser);
    }

    @Override
    public RunnerUpdate runnerUpdate() {
        return runnerWiring().update();
    }

    @Override
    public RunnerRecords runnerRecords() {
        return runnerWiring().records();
    }

    private RunnerWiring runnerWiring() {
        return new RunnerWiring(host, loaded, facts());
    }

    @Override
    public boolean provisioned() {
        return Files.isDirectory(resolve(Optional.empty()).bin());
    }

    @Override
    public List<Finding> buildConflicts(Path directory) {
        return BuildConflicts.of(
                host.surroundings().environment(),
                directory,
                resolve(Optional.empty()).cargoHome(),
                environment(),
                target());
    }

    @Override
    public BuildRun.Ended build(BuildRequest request, BuildScreen screen, Supplier<List<Remark>> before) {
        return new BuildRun(buildHost(), screen, request).carryOut(before);
    }

    @Override
    public BuildCache cache(Path root, long limit) {
        return new BuildCache(host.files(), host.commands(), host.clock(), host.sleeper(), root, limit);
    }

    @Override
    public RunnerLife runnerLife() {
        return new LifeWiring(host, this, this::selfTest).life();
    }

    @Override
    public ExitStatus superviseRunner(Path directory, Consumer<String> out) {
        return new Supervision(host).supervise(directory, out);
    }

    @Override
    public RunnerServices runnerServices() {
        return new Supervision(host).services();
    }

    private Target target() {
        return settings().target();
    }

    /** As with the environment, nobody is asked who owns the Rust homes. */
    private BuildHost buildHost() {
        return new BuildHost(
                host.surroundings(),
                facts(),
                settings(),
                resolve(Optional.empty()),
                environment(),
                target(),
                host.commands(),
                host.commands(),
                host.files(),
                host.clock(),
                host.sleeper(),
                System::nanoTime,
                new SecureRandom());
    }
}
