package dev.crossarm.job;

import dev.crossarm.diagnose.Diagnosis;
import dev.crossarm.diagnose.FailureClass;
import dev.crossarm.host.process.Command;
import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.job.cargo.CargoMessages;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.cargo.CargoScreen;
import dev.crossarm.job.cargo.CrateTimes;
import dev.crossarm.job.cargo.TestCount;
import dev.crossarm.job.prepare.CargoSetup;
import dev.crossarm.job.prepare.Caution;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Provisioned;
import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs cargo on a prepared build, and says what its failure means. */
final class Compilation {
    private static final int ERRORS_SHOWN = 5;

    private final BuildHost host;
    private final BuildScreen screen;
    private final BuildRequest request;
    private final CargoSetup setup;

    Compilation(BuildHost host, BuildScreen screen, BuildRequest request, CargoSetup setup) {
        this.host = host;
        this.screen = screen;
        this.request = request;
        this.setup = setup;
    }

    /**
     * A run of cargo that has ended.
     *
     * @param exit cargo's own status
     * @param run what it said
     */
    record Ended(int exit, CargoRun run) {
        boolean good() {
            return exit == 0;
        }
    }

    Ended build(CrateTimes times) {
        return run("build", request.cargo().options(), times);
    }

    /** Tests of the same packages in the same profile; of a program that was named, its package's. */
    Ended test(CrateTimes times) {
        return run("test", request.cargo().testOptions(), times);
    }

    private Ended run(String subcommand, List<String> options, CrateTimes times) {
        List<String> line = new ArrayList<>(List.of(setup.cargo(), subcommand));
        boolean colours = setup.variables().getOrDefault("CARGO_TERM_COLOR", "").equals("always");
        line.add("--message-format=json" + (colours ? "-diagnostic-rendered-ansi" : ""));
        if (screen.quiet()) {
            line.add("--quiet");
        }
        line.addAll(setup.options());
        line.addAll(options);
        line.addAll(request.cargo().arguments());
        Command command = host.command(line, setup.variables(), request.directory());
        CargoRun run = new CargoRun(new CargoScreen(screen.err(), screen.terminal()), times);
        return new Ended(run.run(host, command), run);
    }

    /** What a failed run means, for a problem report. */
    Problem problem(String subcommand, Ended ended) {
        Optional<Diagnosis> diagnosis = ended.run().diagnosis();
        Optional<FailureClass> known = diagnosis.flatMap(Diagnosis::failure);
        String status = "cargo " + subcommand + " ended with status " + ended.exit();
        TestCount tests = ended.run().tests();
        if (subcommand.equals("test") && tests.failures() > 0) {
            List<String> names = tests.failed();
            String more = tests.failures() > names.size() && !names.isEmpty() ? ", \u2026" : "";
            return new Problem(
                    "tests-failed",
                    tests.failures() == 1 ? "1 test failed" : tests.failures() + " tests failed",
                    (names.isEmpty() ? "" : String.join(", ", names) + more + "\n") + status,
                    List.of("The log says why, under \"failures:\""),
                    ExitStatus.STEP_FAILED);
        }
        if (known.isPresent()) {
            List<String> remedies = new ArrayList<>();
            if (known.get().wantsCpp()) {
                new Provisioned(host).inputForCpp().ifPresent(remedies::add);
            }
            diagnosis.map(Diagnosis::remedies).ifPresent(remedies::addAll);
            return new Problem(
                    known.get().id(),
                    known.get().title() + " (" + status + ")",
                    evidence(diagnosis) + "\n"
                            + diagnosis.map(Diagnosis::explanation).orElse(""),
                    remedies,
                    ExitStatus.STEP_FAILED);
        }
        return unknown(ended, status, diagnosis);
    }

    /** What was warned of before is the likely cause; else the errors at their places, or cargo's own, say most. */
    private Problem unknown(Ended ended, String status, Optional<Diagnosis> diagnosis) {
        Optional<Remark> foreseen = diagnosis
                .flatMap(Diagnosis::crate)
                .flatMap(crate -> setup.warnings().stream()
                        .filter(caution -> caution.concerns(crate))
                        .findFirst())
                .map(Caution::remark);
        String detail = evidence(diagnosis);
        List<String> places = places(ended);
        if (!places.isEmpty()) {
            detail = String.join("\n", places);
        } else if (!ended.run().complaint().isEmpty()
                && diagnosis.flatMap(Diagnosis::crate).isEmpty()) {
            detail = String.join("\n", ended.run().complaint());
        }
        List<String> remedies = new ArrayList<>(foreseen.map(Remark::remedies).orElse(List.of()));
        diagnosis.map(Diagnosis::remedies).ifPresent(remedies::addAll);
        return new Problem(
                foreseen.isPresent() ? "warned-before" : "cargo-failed",
                foreseen.map(remark -> remark.finding() + " (" + status + ")").orElse(status),
                detail,
                remedies,
                ExitStatus.STEP_FAILED);
    }

    private static String evidence(Optional<Diagnosis> diagnosis) {
        return diagnosis
                .map(found ->
                        found.crate().map(crate -> "crate: " + crate + "\n").orElse("") + found.evidence())
                .orElse("");
    }

    /** The first errors in the project's own sources, as editors open them. */
    private List<String> places(Ended ended) {
        List<CargoMessages.Said> own = ended.run().errors().stream()
                .filter(said -> setup.project().has(said.packageId()))
                .filter(said -> said.file().isPresent())
                .toList();
        List<String> lines = new ArrayList<>();
        for (CargoMessages.Said said : own.subList(0, Math.min(own.size(), ERRORS_SHOWN))) {
            Annotation.Place place = said.file().orElseThrow();
            lines.add(place.file() + ":" + place.line() + ":" + place.column() + ": error"
                    + said.code().map(code -> "[" + code + "]").orElse("") + ": " + said.message());
        }
        if (own.size() > ERRORS_SHOWN) {
            lines.add("and " + (own.size() - ERRORS_SHOWN) + " more");
        }
        return lines;
    }

    /**
     * Annotations for a failed run: what is known about it first, then the errors in the project's own sources. Errors in
     * those alone need no more than themselves.
     */
    List<Annotation> annotations(String subcommand, Ended ended) {
        List<Annotation> own = new ArrayList<>();
        for (CargoMessages.Said said : ended.run().errors()) {
            if (setup.project().has(said.packageId()) && said.file().isPresent()) {
                own.add(new Annotation(
                        Annotation.Level.ERROR,
                        said.code().map(code -> "error[" + code + "]").orElse("error"),
                        said.message(),
                        said.file().map(this::inCheckout)));
            }
        }
        boolean known = ended.run().diagnosis().flatMap(Diagnosis::failure).isPresent();
        if (!known && !own.isEmpty()) {
            return own;
        }
        Problem problem = problem(subcommand, ended);
        List<Annotation> all = new ArrayList<>();
        all.add(Annotation.of(problem));
        all.addAll(own);
        return all;
    }

    /** rustc names files from the workspace's root, the runner wants them from the checkout's. */
    private Annotation.Place inCheckout(Annotation.Place place) {
        Path file = setup.project().root().resolve(place.file()).normalize();
        String shown = host.surroundings()
                .variable("GITHUB_WORKSPACE")
                .map(Path::of)
                .filter(file::startsWith)
                .map(checkout -> checkout.relativize(file).toString())
                .orElse(file.toString());
        return new Annotation.Place(shown, place.line(), place.endLine(), place.column(), place.endColumn());
    }
}
