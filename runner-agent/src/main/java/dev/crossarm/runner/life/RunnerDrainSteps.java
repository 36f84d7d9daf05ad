package dev.crossarm.runner.life;

import dev.crossarm.github.Answer;
import dev.crossarm.github.Failure;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A drain of one registered runner, by GitHub's interface and this machine's processes. */
final class RunnerDrainSteps implements DrainSteps {
    private final LifePorts ports;
    private final GitHubAccess github;
    private final RunnerRecord.Registration registration;
    private final Path folder;
    private Optional<Problem> problem = Optional.empty();

    RunnerDrainSteps(LifePorts ports, GitHubAccess github, RunnerRecord.Registration registration, Path folder) {
        this.ports = ports;
        this.github = github;
        this.registration = registration;
        this.folder = folder;
    }

    @Override
    public DrainEvent mark() {
        return labels(List.of(RunnerLabels.ofDrain(registration.id())), DrainEvent.MARKED);
    }

    @Override
    public DrainEvent unmark() {
        return labels(registration.labels(), DrainEvent.UNMARKED);
    }

    private DrainEvent labels(List<String> labels, DrainEvent done) {
        return asked(() -> github.runners().setLabels(registration.id(), labels), done);
    }

    @Override
    public DrainEvent look() {
        if (ports.truth().busy(folder)) {
            return DrainEvent.BUSY;
        }
        return ports.truth().listens(folder) ? DrainEvent.IDLE : DrainEvent.SILENT;
    }

    @Override
    public DrainEvent delete() {
        return asked(() -> github.runners().delete(registration.id()), DrainEvent.DELETED);
    }

    @Override
    public DrainEvent end() throws InterruptedException {
        if (ports.truth().end(folder)) {
            return DrainEvent.ENDED;
        }
        return ports.truth().busy(folder) ? DrainEvent.BUSY : DrainEvent.AGAIN;
    }

    private <T> DrainEvent asked(Supplier<Answer<T>> call, DrainEvent done) {
        Optional<Failure> failure = ports.patience().with(call).failure();
        problem = failure.map(Failure::problem);
        if (failure.isEmpty()) {
            return done;
        }
        return switch (failure.get().kind()) {
            case NOT_FOUND -> DrainEvent.RECORD_GONE;
            case BUSY -> DrainEvent.REFUSED;
            case MISSING_RIGHT, UNAUTHORISED, INVALID, NOT_OFFERED, MOVED, CONFLICT -> DrainEvent.FAILED;
            case RATE_LIMITED, NOT_YET, SERVER_TROUBLE, UNREACHABLE, CUT_OFF, GARBAGE -> DrainEvent.AGAIN;
        };
    }

    @Override
    public Optional<Problem> problem() {
        return problem;
    }
}
