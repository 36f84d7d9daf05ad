package dev.crossarm.job;

import dev.crossarm.environment.GitHubFiles;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.cache.Delivery;
import dev.crossarm.job.cache.JobCache;
import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.job.cargo.CrateTimes;
import dev.crossarm.job.cargo.TestRun;
import dev.crossarm.job.prepare.CargoSetup;
import dev.crossarm.job.prepare.Caution;
import dev.crossarm.job.prepare.Preparation;
import dev.crossarm.job.program.BuiltProgram;
import dev.crossarm.job.program.BuiltPrograms;
import dev.crossarm.job.program.CheckFinding;
import dev.crossarm.job.program.Finishing;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.job.program.ProofCheck;
import dev.crossarm.job.report.BuildSummary;
import dev.crossarm.job.report.JobOutputs;
import dev.crossarm.job.report.JobSummary;
import dev.crossarm.job.report.Phases;
import dev.crossarm.job.report.WorkflowCommands;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One build from preflight to packing. In a workflow job its failure is an annotation, and its child's output no command. */
public final class BuildRun {
    private static final int SLOWEST_SHOWN = 5;

    private final BuildHost host;
    private final BuildScreen screen;
    private final BuildRequest request;
    private final Phases phases;
    private final CrateTimes times;
    private final List<Remark> remarks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private Optional<Problem> failure = Optional.empty();
    private BuildCache.State cache = BuildCache.State.OFF;
    private Optional<TestRun> tests = Optional.empty();
    private String toolchain = "";
    private int exit;

    public BuildRun(BuildHost host, BuildScreen screen, BuildRequest request) {
        this.host = host;
        this.screen = screen;
        this.request = request;
        this.phases = new Phases(host.nanos());
        this.times = new CrateTimes(host.nanos());
    }

    /**
     * What came of it.
     *
     * @param exit the status to end with: cargo's own where cargo failed
     * @param summary everything there is to report
     */
    public record Ended(int exit, BuildSummary summary) {}

    /**
     * Builds. What goes wrong is part of the result, and told on the way.
     *
     * @param before asked first: whether this machine is the one to build on, and what affects the build there
     * @throws CrossarmException when told to stop, and only then
     */
    public Ended carryOut(Supplier<List<Remark>> before) {
        boolean inJob = host.surroundings().variable("GITHUB_ACTIONS").isPresent();
        List<ProgramResult> programs = List.of();
        try (WorkflowCommands workflow = new WorkflowCommands(inJob, screen.err(), host.random())) {
            workflow.stop();
            try {
                before.get().forEach(this::tell);
                programs = work();
            } catch (CrossarmException expected) {
                if (Set.of("interrupted", "stopping")
                        .contains(expected.problem().code())) {
                    throw expected;
                }
                fail(expected.problem(), expected.problem().exit().code());
            }
            warnings.forEach(warning -> annotations.add(Annotation.warning("crossarm", warning)));
            workflow.annotate(
                    annotations.stream().map(one -> one.with(screen.commands())).toList());
        }
        BuildSummary summary = summary(programs);
        report(summary);
        return new Ended(exit, summary);
    }

    private void tell(Remark remark) {
        remarks.add(remark);
        if (remark.warning()) {
            warn(remark.text());
        } else {
            note(remark.text());
        }
    }

    /** Outputs and summary, where the job has files for them. */
    private void report(BuildSummary summary) {
        try {
            reported(summary);
        } catch (CrossarmException unwritable) {
            if (failure.isEmpty()) {
                throw unwritable;
            }
            screen.warn(unwritable.problem().summary()); // what failed before is what has to be known
        }
    }

    private void reported(BuildSummary summary) {
        GitHubFiles files = new GitHubFiles(host.surroundings(), host.random());
        if (host.surroundings().variable("GITHUB_OUTPUT").isPresent()) {
            files.outputs(JobOutputs.of(summary));
        }
        if (host.surroundings().variable("GITHUB_STEP_SUMMARY").isPresent()
                && !files.summary(screen.commands().apply(JobSummary.of(summary)))) {
            screen.warn("the summary was omitted because it would exceed GitHub's limit");
        }
    }

    private List<ProgramResult> work() {
        CargoSetup setup = phases.time("preflight", () -> new Preparation(host, screen).prepare(request));
        toolchain = setup.toolchain().orElse("");
        for (Caution caution : setup.warnings()) {
            warn(caution.remark().text());
            if (caution.crate().isEmpty()) {
                remarks.add(caution.remark());
            }
        }
        setup.needs().forEach(need -> screen.say("needs: " + need));
        try (JobCache slot = JobCache.of(host, request, setup, this::note)) {
            return inSlot(slot.applied(setup), slot);
        }
    }

    private List<ProgramResult> inSlot(CargoSetup setup, JobCache slot) {
        cache = slot.state();
        Compilation compilation = new Compilation(host, screen, request, setup);
        Compilation.Ended built = phases.time("build", () -> compilation.build(times));
        if (!built.good()) {
            slot.used(times.compiled() > 0);
            failedCargo(compilation, "build", built);
            return List.of();
        }
        Delivery delivery = slot.deliver(built.run());
        delivery.refusal().ifPresent(this::warn);
        List<BuiltProgram> files = BuiltPrograms.of(built.run(), request, setup.project(), delivery);
        if (files.isEmpty()) {
            note("no program was built: the selected packages have none");
        }
        Finishing.Work work = new Finishing.Work(host, request, setup);
        List<ProgramResult> programs = phases.time("prove", () -> work.compared(work.proven(files)));
        programs.forEach(program -> screen.say(program.program().name() + ": " + program.kind() + ", "
                + Quantity.bytes(program.bytes())
                + (program.stripped() ? " (stripped, was " + Quantity.bytes(program.builtBytes()) + ")" : "")
                + (program.isStatic() ? ", proven static for " + host.target().triple() : ", not proven static")));
        judge(findings(programs));
        if (exit == 0 && request.trial().test()) {
            test(compilation);
        }
        if (exit == 0 && request.trial().run().isPresent()) {
            programs = phases.time("run", tried(programs, setup));
        }
        if (exit == 0 && work.packs()) {
            List<ProgramResult> whole = programs;
            programs = phases.time("pack", () -> work.packed(whole));
            List<CheckFinding> before = findings(whole);
            judge(findings(programs).stream()
                    .filter(finding -> !before.contains(finding))
                    .toList());
        }
        slot.used(times.compiled() > 0);
        return programs;
    }

    private static List<CheckFinding> findings(List<ProgramResult> programs) {
        return programs.stream().flatMap(one -> one.findings().stream()).toList();
    }

    private void test(Compilation compilation) {
        long before = host.nanos().getAsLong();
        Compilation.Ended tested = phases.time("test", () -> compilation.test(times));
        tests = Optional.of(tested.run()
                .tests()
                .result(tested.good(), Duration.ofNanos(host.nanos().getAsLong() - before)));
        if (!tested.good()) {
            failedCargo(compilation, "test", tested);
        }
    }

    private void judge(List<CheckFinding> findings) {
        if (request.checks() == BuildRequest.Checks.FAIL) {
            // One for each program: several findings about one mostly have one cause.
            findings.stream()
                    .collect(Collectors.groupingBy(CheckFinding::file, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(one ->
                            ProofCheck.problem(one).ifPresent(problem -> annotations.add(Annotation.of(problem))));
            boolean linked = findings.stream().anyMatch(one -> !one.id().startsWith("lambda-"));
            Optional<Problem> problem = ProofCheck.problem(findings).map(found -> linked ? withWarnings(found) : found);
            if (problem.isPresent() && failure.isEmpty()) {
                failure = problem;
                exit = problem.get().exit().code();
            }
        } else {
            findings.forEach(finding -> warn(finding.title() + " -> " + finding.remedy()));
        }
    }

    private void failedCargo(Compilation compilation, String subcommand, Compilation.Ended ended) {
        Problem problem = compilation.problem(subcommand, ended);
        failure = Optional.of(problem.code().equals("cargo-failed") ? withWarnings(problem) : problem);
        exit = ended.exit();
        annotations.addAll(compilation.annotations(subcommand, ended));
    }

    /** What was warned of before the build, and may be what made it fail. */
    private Problem withWarnings(Problem problem) {
        List<Remark> warned = remarks.stream().filter(Remark::warning).toList();
        StringBuilder detail = new StringBuilder(problem.detail());
        List<String> remedies = new ArrayList<>();
        warned.forEach(remark -> {
            detail.append("\nwarned before the build: ").append(remark.finding());
            remedies.addAll(remark.remedies());
        });
        remedies.addAll(problem.remedies());
        return new Problem(
                problem.code(),
                problem.summary(),
                detail.toString(),
                remedies.stream().distinct().toList(),
                problem.exit());
    }

    private Supplier<List<ProgramResult>> tried(List<ProgramResult> programs, CargoSetup setup) {
        return () -> {
            ProgramTrial trial = new ProgramTrial(host, request.cpu());
            Optional<String> objection = trial.objection();
            if (objection.isPresent()) {
                fail(
                        Problem.of(
                                ExitStatus.CONFIGURATION,
                                "cannot-run",
                                "the programs cannot be run here: " + objection.get(),
                                trial.remedy()),
                        ExitStatus.CONFIGURATION.code());
                return programs;
            }
            trial.weakness().ifPresent(this::note);
            List<ProgramResult> all = new ArrayList<>();
            for (ProgramResult one : programs) {
                ProgramTrial.Outcome outcome = trial.run(
                        one.program().file(),
                        request.trial().run().orElseThrow(),
                        request.trial().limit(),
                        setup.variables(),
                        request.directory());
                screen.say((outcome.run().passed() ? "ran:  " : "fails: ")
                        + one.program().name() + " " + outcome.run().ending());
                if (!outcome.run().passed()) {
                    fail(
                            new Problem(
                                    "run-failed",
                                    one.program().name() + " " + outcome.run().ending(),
                                    outcome.run().command() + "\n"
                                            + outcome.run().output(),
                                    List.of(outcome.remedy()),
                                    ExitStatus.STEP_FAILED),
                            ExitStatus.STEP_FAILED.code());
                }
                all.add(one.withSmokeRun(outcome.run()));
            }
            return List.copyOf(all);
        };
    }

    private void fail(Problem problem, int status) {
        annotations.add(Annotation.of(problem));
        if (failure.isEmpty()) {
            failure = Optional.of(problem);
            exit = status;
        }
    }

    private void note(String text) {
        notes.add(text);
        screen.say(text);
    }

    private void warn(String text) {
        warnings.add(text);
        screen.warn(text);
    }

    private BuildSummary summary(List<ProgramResult> programs) {
        return new BuildSummary(
                host.target().triple(),
                request.cargo().profile(),
                toolchain,
                programs,
                phases.all(),
                times.slowest(SLOWEST_SHOWN),
                cache,
                tests,
                notes.stream().map(screen.commands()).toList(),
                warnings.stream().map(screen.commands()).toList(),
                failure,
                phases.total());
    }
}
