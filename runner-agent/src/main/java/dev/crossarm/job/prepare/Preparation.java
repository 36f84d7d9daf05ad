package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.job.cargo.Project;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.job.request.Provisioned;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything before cargo: is the machine ready, what does the project need, and with which toolchain is it built? */
public final class Preparation {
    private final BuildHost host;
    private final BuildScreen screen;

    public Preparation(BuildHost host, BuildScreen screen) {
        this.host = host;
        this.screen = screen;
    }

    /** @throws dev.crossarm.problem.CrossarmException when the build cannot succeed */
    public CargoSetup prepare(BuildRequest request) {
        CargoChoice choice = request.cargo();
        Provisioned provisioned = new Provisioned(host);
        provisioned.objection().ifPresent(problem -> {
            throw problem.asException();
        });
        Map<String, String> variables = host.variables();
        choice.toolchain().ifPresent(name -> variables.put("RUSTUP_TOOLCHAIN", name));
        look(variables);
        Optional<String> toolchain =
                new TargetInstallation(host, screen).ensure(choice, request.directory(), variables);
        String cargo = provisioned.program("cargo").orElseThrow().toString();
        Project project = Project.read(host, variables, request.directory(), cargo);
        List<String> options = new ArrayList<>(List.of("--target", host.target().triple()));
        request.cpu()
                .ifPresent(level -> options.addAll(CpuFlags.apply(
                        level, variables, request.directory(), host.layout().cargoHome(), host.target())));

        List<Problem> blockers = new ArrayList<>(Preflight.sharedLibraries(
                project.selected(choice, request.directory()),
                choice,
                host.target().triple()));
        Optional<List<CargoLock.Locked>> locked = CargoLock.read(project.root().resolve("Cargo.lock"));
        if (locked.isEmpty() && (choice.locked() || choice.frozen())) {
            throw noLock(project.root()).asException();
        }
        Preflight.Result found = new Preflight(
                        CrateFacts.load(),
                        new HostTools(provisioned, variables),
                        host.target().triple())
                .examine(
                        locked.orElse(List.of()),
                        () -> BuiltCrates.ask(host, choice, variables, request.directory(), cargo));
        blockers.addAll(found.blockers());
        List<Caution> warnings = new ArrayList<>(found.warnings());
        if (request.checks() == BuildRequest.Checks.FAIL && !blockers.isEmpty()) {
            throw all(blockers).asException();
        }
        blockers.forEach(problem -> warnings.add(Caution.of(problem)));
        List<String> needs = new ArrayList<>();
        OldBindgen.answer(locked.orElse(List.of()), variables, host.target()).ifPresent(needs::add);
        return new CargoSetup(project, cargo, variables, options, toolchain, needs, warnings);
    }

    /** As cargo would look on the terminal that its output ends up on. What the caller has set stays. */
    private void look(Map<String, String> variables) {
        variables.putIfAbsent("CARGO_TERM_COLOR", screen.colours() ? "always" : "never");
        if (screen.terminal() && !screen.quiet()) {
            int columns = screen.columns().getAsInt();
            variables.putIfAbsent("CARGO_TERM_PROGRESS_WHEN", "always");
            variables.putIfAbsent("CARGO_TERM_PROGRESS_WIDTH", String.valueOf(columns > 0 ? columns : 80));
        }
    }

    private static Problem noLock(Path root) {
        return new Problem(
                "no-lock-file",
                "there is no Cargo.lock in " + root + ", and --locked forbids cargo to create one",
                "",
                List.of(
                        "Create it on your development machine, and commit it: cargo generate-lockfile",
                        "Or build without --locked: cargo then chooses the versions"),
                ExitStatus.DATA);
    }

    /** Several at once as one, so that none has to be found by another attempt. */
    private static Problem all(List<Problem> blockers) {
        Problem first = blockers.get(0);
        if (blockers.size() == 1) {
            return first;
        }
        StringBuilder detail = new StringBuilder(first.detail());
        List<String> remedies = new ArrayList<>();
        blockers.forEach(problem -> problem.remedies().stream()
                .filter(remedy -> !remedies.contains(remedy))
                .forEach(remedies::add));
        blockers.stream()
                .skip(1)
                .forEach(problem -> detail.append("\nalso: ")
                        .append(problem.summary())
                        .append('\n')
                        .append(problem.detail()));
        return new Problem(first.code(), first.summary(), detail.toString(), remedies, first.exit());
    }
}
