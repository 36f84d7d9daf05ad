package dev.crossarm.cli;

import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.CalledAs;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Layout;
import dev.crossarm.config.LayoutResolver;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.config.Scope;
import dev.crossarm.config.SettingsLoader;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.health.DoctorReport;
import dev.crossarm.health.Finding;
import dev.crossarm.health.RunnerReadiness;
import dev.crossarm.health.Severity;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.job.BuildRun;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.plan.Gate;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.PlanRunner;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.RunListener;
import dev.crossarm.plan.RunReport;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestGate;
import dev.crossarm.provision.proof.SelfTestReport;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerInstallation;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.runner.install.RunnerUpdate;
import dev.crossarm.runner.life.RunnerLife;
import dev.crossarm.runner.service.RunnerServices;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A program on a machine that exists in memory only: the command line is real, so are planner and runner. */
public final class TestProgram implements Program {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final SelfTestReport REPORT = new SelfTestReport(
            "x86_64-unknown-linux-musl",
            "2026-11-01T12:00:00Z",
            "sha256:00",
            new SelfTestReport.Program("11", 5, Map.of("kind", "static-pie")),
            new SelfTestReport.Builder("aarch64", "6.12.0", "debian 13"),
            Map.of("cc", "gcc 14"),
            "under qemu-x86_64",
            "42",
            List.of(new SelfTestReport.Check("run", "the answer is correct", 0.5)),
            1.5);

    private final Map<String, String> environment = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private HostFacts facts = facts("debian", "13", "aarch64");
    private boolean root = true;
    private CalledAs calledAs = CalledAs.INSTALLED;
    private boolean held;
    private List<RunnerReadiness> runners = List.of();
    private Set<Scope> provisioned = Set.of(Scope.values());
    private List<String> otherAccounts = List.of();
    private boolean failingProof;
    private boolean forgotten;
    private boolean loadedEverything;
    private Optional<Stamps> stamps = Optional.of(new Stamps(List.of("whole - /nowhere/at/all")));
    private List<String> remembered = List.of();
    private Optional<Scope> worked = Optional.empty();
    private Optional<BuildRequest> asked = Optional.empty();

    public static HostFacts facts(String id, String version, String architecture) {
        return new HostFacts(id, version, id + " " + version, architecture, "6.12.0", 4L << 30, 2);
    }

    public TestProgram with(Step... more) {
        steps.addAll(List.of(more));
        return this;
    }

    public TestProgram on(HostFacts newFacts) {
        facts = newFacts;
        return this;
    }

    public TestProgram variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public TestProgram calledAs(CalledAs how) {
        calledAs = how;
        return this;
    }

    public TestProgram asUser() {
        root = false;
        return this;
    }

    public TestProgram withFailingProof() {
        failingProof = true;
        return this;
    }

    /** Something is provisioned in these scopes only; everywhere when nothing is said. */
    public TestProgram provisionedIn(Scope... scopes) {
        provisioned = Set.of(scopes);
        return this;
    }

    /** Other accounts have something in a scope of their own. */
    public TestProgram provisionedFor(String... accounts) {
        otherAccounts = List.of(accounts);
        return this;
    }

    /** Runners of this machine, and what there is to say of them. */
    public TestProgram withRunners(RunnerReadiness... some) {
        runners = List.of(some);
        return this;
    }

    /** As where a step does not go by files alone. */
    public TestProgram withoutStamps() {
        stamps = Optional.empty();
        return this;
    }

    /** What is to be told by a later run that finds nothing changed; empty when nothing was remembered. */
    public List<String> remembered() {
        return remembered;
    }

    /** The scope in which something was last checked, proven or built, or its variables asked for. */
    public Optional<Scope> worked() {
        return worked;
    }

    /** What was to be built. */
    public Optional<BuildRequest> asked() {
        return asked;
    }

    public boolean loadedEverything() {
        return loadedEverything;
    }

    public boolean wasForgotten() {
        return forgotten;
    }

    public boolean wasHeld() {
        return held;
    }

    public int run(TestConsole console, String... arguments) {
        return new Cli(this, console.in(environment).console()).run(arguments);
    }

    @Override
    public Surroundings surroundings() {
        String user = root ? "root" : "ada";
        Path home = Path.of(root ? "/root" : "/home/ada");
        return new Surroundings(environment, user, root, home, Path.of("/srv"), false, 80);
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public LongSupplier nanos() {
        return () -> 0;
    }

    @Override
    public OwnCommands commands() {
        return OwnCommands.of(() -> calledAs, root, facts.architecture().equals("x86_64"));
    }

    @Override
    public Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file) {
        return new SettingsLoader(surroundings(), Path.of("/nowhere/config.toml")).load(flags, file);
    }

    @Override
    public List<String> accountsProvisioned() {
        return otherAccounts;
    }

    @Override
    public Site site(Loaded loaded) {
        return new TestSite(loaded);
    }

    private final class TestSite implements Site {
        private final Loaded loaded;

        private TestSite(Loaded loaded) {
            this.loaded = loaded;
        }

        @Override
        public Loaded loaded() {
            return loaded;
        }

        @Override
        public HostFacts facts() {
            return facts;
        }

        @Override
        public Layout layout() {
            return new LayoutResolver(surroundings(), path -> false)
                    .resolve(loaded.settings(), loaded.settings().jobUser());
        }

        private void work() {
            worked = Optional.of(loaded.settings().scope());
        }

        @Override
        public JobEnvironment environment() {
            work();
            return new JobEnvironment(Map.of("CC_x", "/opt/crossarm/cc"), List.of(layout().bin()));
        }

        @Override
        public StepGraph steps(boolean upgrade) {
            work();
            return StepGraph.of(steps);
        }

        @Override
        public Hold hold(String command, Consumer<String> waiting) {
            held = true;
            return () -> {};
        }

        @Override
        public Optional<Stamps> stamps(StepGraph graph) {
            return stamps;
        }

        @Override
        public boolean inOrder(StepGraph graph) {
            return new Planner(graph).plan(Selection.all(graph)).isEmpty();
        }

        @Override
        public void remember(Stamps seen, List<String> said) {
            remembered = said;
        }

        @Override
        public void forget() {
            forgotten = true;
        }

        @Override
        public SelfTestGate gate(StepGraph graph) {
            return SelfTestGate.of(graph, progress -> prove());
        }

        @Override
        public SelfTest.Result selfTest(boolean force, RunListener display) {
            work();
            return prove();
        }

        private SelfTest.Result prove() {
            if (failingProof) {
                throw Problem.of(
                                ExitStatus.STEP_FAILED,
                                "self-test-build",
                                "the self-test's program could not be built",
                                "crossarm self-test --force")
                        .asException();
            }
            return new SelfTest.Result(REPORT, false);
        }

        @Override
        public DoctorReport doctor(boolean offline) {
            work();
            return new DoctorReport(List.of(
                    new Finding("memory", Severity.OK, "8.0 GiB, 4 processors", "", List.of()),
                    new Finding(
                            "apt-lock",
                            failingProof ? Severity.ERROR : Severity.WARNING,
                            "apt is locked by unattended-upgr (pid 812)",
                            "/var/lib/dpkg/lock-frontend",
                            List.of("wait until it has ended")),
                    new Finding(
                            "network", Severity.NOTE, offline ? "not checked (--offline)" : "asked", "", List.of())));
        }

        @Override
        public List<RunnerReadiness> runners() {
            return runners;
        }

        @Override
        public boolean provisioned() {
            return provisioned.contains(loaded.settings().scope());
        }

        @Override
        public ExitStatus superviseRunner(Path directory, Consumer<String> out) {
            out.accept("supervising " + directory);
            return ExitStatus.DONE;
        }

        @Override
        public RunnerLife runnerLife() {
            throw new AssertionError("no command here asks for runners");
        }

        @Override
        public RunnerServices runnerServices() {
            throw new AssertionError("no command here asks for services");
        }

        @Override
        public List<Finding> buildConflicts(Path directory) {
            return List.of();
        }

        @Override
        public BuildRun.Ended build(BuildRequest request, BuildScreen screen, Supplier<List<Remark>> before) {
            work();
            asked = Optional.of(request);
            throw new UnsupportedOperationException("builds are tested with the real site; said: " + before.get());
        }

        @Override
        public BuildCache cache(Path root, long limit) {
            return new BuildCache(
                    new DurableFiles(Checkpoint.NONE),
                    (command, lines) -> {
                        throw new UnsupportedOperationException("nothing is copied here");
                    },
                    () -> NOW,
                    duration -> {},
                    root,
                    limit);
        }

        @Override
        public RunnerInstallation runnerInstallation() {
            throw new UnsupportedOperationException("installations are tested with the real site");
        }

        @Override
        public RunnerUpdate runnerUpdate() {
            throw new UnsupportedOperationException("updates are tested with the real site");
        }

        @Override
        public RunnerRecords runnerRecords() {
            return new RunnerRecords(
                    new DurableFiles(Checkpoint.NONE),
                    new RunnerHome(Layout.runners(loaded.settings().stateDirectory())));
        }

        @Override
        public RunReport run(
                StepGraph graph, Plan plan, Optional<Gate> gate, RunListener display, Consumer<Problem> warnings) {
            InstantSource clock = () -> NOW;
            return new PlanRunner(clock, () -> 0, display).run(graph, plan, gate, "run-1");
        }
    }

    @Override
    public void loadEverything() {
        loadedEverything = true;
    }
}
