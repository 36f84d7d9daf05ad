package dev.crossarm.provision.proof;

import dev.crossarm.config.Layout;
import dev.crossarm.elf.ElfFacts;
import dev.crossarm.elf.ElfJson;
import dev.crossarm.elf.ElfKind;
import dev.crossarm.elf.ElfReader;
import dev.crossarm.elf.InspectReport;
import dev.crossarm.elf.StaticProof;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gate after a plan: compiles C with the configured compiler, builds a Rust program that calls it and, where the host has
 * it for the target, C++, proves that the
 * program is static, runs it and checks its answer, all as the job user with a job's environment. A host that does not pass
 * is not ready. Passes at once while nothing changed that the result depends on.
 */
public final class SelfTest {
    /** The name the receipt is kept under. */
    public static final StepId ID = StepId.of("self-test");

    private static final Duration COMPILE_DEADLINE = Duration.ofMinutes(2);
    private static final Duration BUILD_DEADLINE = Duration.ofMinutes(15);
    private static final Duration RUN_DEADLINE = Duration.ofMinutes(1);
    private static final String PROBE = "crossarm-probe";

    private final SelfTestSubject subject;
    private final CommandRunner commands;
    private final HostFiles files;
    private final ReceiptStore receipts;
    private final InstantSource clock;

    public SelfTest(
            SelfTestSubject subject,
            CommandRunner commands,
            HostFiles files,
            ReceiptStore receipts,
            InstantSource clock) {
        this.subject = subject;
        this.commands = commands;
        this.files = files;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Holds a folder of each self-test while it runs; one that was killed leaves its own. */
    public static Path folder(Layout layout) {
        return layout.state().resolve("self-test");
    }

    /**
     * A self-test that passed.
     *
     * @param report its evidence
     * @param unchanged whether it is the evidence of an earlier one, still valid
     */
    public record Result(SelfTestReport report, boolean unchanged) {
        /** Lines for people. */
        public List<String> toText() {
            return report.toText(unchanged);
        }

        /** The JSON form, in the order to be written. */
        public Map<String, Object> toJson() {
            return report.toJson(unchanged);
        }
    }

    /** The evidence that is still valid, without running anything; empty when there is none. */
    public Optional<SelfTestReport> standing() {
        try {
            return receipts.read(ID, SelfTestReport.class)
                    .filter(report -> report.fingerprint()
                            .equals(SelfTestInputs.fingerprint(subject).value()));
        } catch (CrossarmException unreadable) {
            return Optional.empty();
        }
    }

    /** What {@link #standing} reads. */
    public Inputs inputs() {
        return SelfTestInputs.files(subject).whole(receipts.file(ID));
    }

    /**
     * Runs the test, unless evidence that is still valid is there.
     *
     * @param force run it in any case
     * @throws CrossarmException naming the phase that failed ({@code self-test-tools}, {@code -compile}, {@code -build},
     *     {@code -proof}, {@code -run}) with the last lines of what failed; evidence of earlier runs is then gone
     */
    public Result run(boolean force, Progress progress) {
        Optional<SelfTestReport> standing = force ? Optional.empty() : standing();
        if (standing.isPresent()) {
            return new Result(standing.get(), true);
        }
        receipts.delete(ID);
        Instant start = clock.instant();
        Fingerprint fingerprint = SelfTestInputs.fingerprint(subject);
        try (SelfTestWorkspace workspace = SelfTestWorkspace.make(subject, commands, files, start)) {
            SelfTestReport report = prove(workspace, fingerprint, start, progress);
            receipts.write(ID, report);
            return new Result(report, false);
        } catch (CrossarmException failure) {
            throw SelfTestProblems.asTypedOn(subject, failure.problem()).asException(failure);
        }
    }

    private SelfTestReport prove(
            SelfTestWorkspace workspace, Fingerprint fingerprint, Instant start, Progress progress) {
        List<SelfTestReport.Check> checks = new ArrayList<>();
        Map<String, String> tools = new ToolVersions(workspace, progress).ask(subject);
        compile(workspace, checks, progress);
        Path program = build(workspace, checks, progress);
        InspectReport inspected = inspect(program, checks);
        String answer = ask(workspace, program, start, checks, progress);
        return new SelfTestReport(
                subject.target().triple(),
                start.truncatedTo(ChronoUnit.SECONDS).toString(),
                fingerprint.value(),
                new SelfTestReport.Program(inspected.sha256(), inspected.facts().size(), ElfJson.of(inspected.facts())),
                new SelfTestReport.Builder(
                        subject.host().architecture(),
                        subject.host().kernel(),
                        subject.host().osName()),
                tools,
                ranOn(),
                answer,
                checks,
                seconds(Duration.between(start, clock.instant())));
    }

    private void compile(SelfTestWorkspace workspace, List<SelfTestReport.Check> checks, Progress progress) {
        progress.line("compiling C");
        List<String> line = SelfTestSubject.line(
                subject.compiler(), "-O2", "-fPIC", "-static", "-c", "-o", "probe.o", "src/probe.c");
        CommandResult result = workspace.run(line, COMPILE_DEADLINE, progress);
        if (!result.succeeded()) {
            throw SelfTestProblems.compile(result, subject).asException();
        }
        String compiler = String.join(" ", subject.compiler());
        ElfFacts object = object(workspace.resolve("probe.o"), compiler);
        if (object.kind() != ElfKind.RELOCATABLE
                || object.machine().code() != subject.target().elfMachine()) {
            throw SelfTestProblems.object(
                            compiler, "it wrote " + object.kind().description() + " for " + object.machine())
                    .asException();
        }
        if (!object.symbols().glibcNames().isEmpty()) {
            String names = String.join(", ", object.symbols().glibcNames());
            throw SelfTestProblems.object(compiler, "its output calls functions that musl does not have: " + names)
                    .asException();
        }
        checks.add(new SelfTestReport.Check(
                "compile-c",
                "object file for " + object.machine().name() + ", no glibc name",
                seconds(result.elapsed())));
    }

    private static ElfFacts object(Path file, String compiler) {
        try {
            return ElfReader.read(file);
        } catch (CrossarmException unreadable) {
            throw SelfTestProblems.unread(
                            unreadable.problem(),
                            SelfTestProblems.object(
                                    compiler, unreadable.problem().summary()))
                    .asException(unreadable);
        }
    }

    private Path build(SelfTestWorkspace workspace, List<SelfTestReport.Check> checks, Progress progress) {
        progress.line("building a Rust program that calls it");
        CommandResult result = workspace.run(
                List.of(
                        "cargo",
                        "build",
                        "--offline",
                        "--release",
                        "--color=never",
                        "--target=" + subject.target().triple(),
                        "--target-dir=target"),
                BUILD_DEADLINE,
                progress);
        if (!result.succeeded()) {
            throw SelfTestProblems.build(result, subject).asException();
        }
        String place = "target/" + subject.target().triple() + "/release/" + PROBE;
        if (!Files.isRegularFile(workspace.resolve(place))) {
            throw SelfTestProblems.noProgram(place, result).asException();
        }
        checks.add(new SelfTestReport.Check(
                "build", "cargo build --release --target " + subject.target().triple(), seconds(result.elapsed())));
        return workspace.resolve(place);
    }

    private InspectReport inspect(Path program, List<SelfTestReport.Check> checks) {
        InspectReport report;
        try {
            report = InspectReport.of(
                    program, subject.target().elfMachine(), subject.target().triple());
        } catch (CrossarmException unreadable) {
            throw SelfTestProblems.unread(
                            unreadable.problem(),
                            SelfTestProblems.proof(List.of(unreadable.problem().summary())))
                    .asException(unreadable);
        }
        if (!report.proof().passed()) {
            throw SelfTestProblems.proof(report.proof().failures()).asException();
        }
        for (StaticProof.Finding finding : report.proof().findings()) {
            checks.add(new SelfTestReport.Check(finding.id(), finding.evidence(), 0));
        }
        return report;
    }

    private String ask(
            SelfTestWorkspace workspace,
            Path program,
            Instant start,
            List<SelfTestReport.Check> checks,
            Progress progress) {
        progress.line("running it " + ranOn());
        ProbeQuestion question = ProbeQuestion.at(start);
        List<String> line = SelfTestSubject.line(subject.emulator(), program.toString(), question.text());
        CommandResult result = workspace.run(line, RUN_DEADLINE, progress);
        if (!result.succeeded()) {
            throw SelfTestProblems.run(result, ranOn()).asException();
        }
        String answer = result.out().whole().strip();
        String right = question.answer(subject.standardCpp());
        if (!answer.equals(right)) {
            throw SelfTestProblems.answer(answer, right).asException();
        }
        checks.add(new SelfTestReport.Check(
                "run",
                (subject.standardCpp() ? "C, C++" : "C") + ", threads and unwinding work, the answer is correct",
                seconds(result.elapsed())));
        return answer;
    }

    private String ranOn() {
        return subject.runsNatively()
                ? "on this machine's own processor (" + subject.host().architecture() + ")"
                : "under " + String.join(" ", subject.emulator());
    }

    private static double seconds(Duration elapsed) {
        return elapsed.toMillis() / 1000.0;
    }
}
