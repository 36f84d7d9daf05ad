package dev.crossarm.runner.life;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What people are told of a drain. */
final class DrainWords {

    private DrainWords() {}

    /** Leaves out a line that is the same as the one before: several looks can come to the same words. */
    static Consumer<String> changes(Consumer<String> said) {
        AtomicReference<String> last = new AtomicReference<>("");
        return line -> {
            if (!line.equals(last.getAndSet(line))) {
                said.accept(line);
            }
        };
    }

    static Optional<String> of(Drain.Told told, Optional<Problem> problem) {
        DrainState state = told.state();
        if (told.last() == DrainEvent.AGAIN) {
            return problem.map(why -> "trying again: " + why.summary());
        }
        return Optional.of(
                switch (state.phase()) {
                    case MARK -> "taking its labels away, so that no more jobs come";
                    case SETTLE ->
                        switch (told.last()) {
                            case BUSY -> "waiting for its job to end";
                            case REFUSED -> "GitHub says that it has a job; waiting for it";
                            case RECORD_GONE -> "GitHub has no record of it any more";
                            default -> "it has no job; waiting for one that may be on its way";
                        };
                    case DELETE -> "no job came; deleting its record";
                    case LEAVE ->
                        told.last() == DrainEvent.BUSY
                                ? "waiting for its job to end"
                                : "its record is deleted; waiting for its listener to end";
                    case END -> "its listener did not end by itself; ending it";
                    case UNMARK -> "stopping; giving it its labels back";
                    case DONE -> "done";
                    case BACK -> "it has its labels again and takes jobs";
                    case STAYS_MARKED -> "its labels could not be given back";
                    case LEFT -> "stopped; its record is deleted already";
                    case FAILED -> "nothing was changed";
                });
    }

    /** Why a drain did not come to what it is for. */
    static Optional<Problem> problem(
            DrainState ended, RunnerName name, RunnerRecord.Registration registration, Optional<Problem> last) {
        String again = "crossarm drain " + name;
        return switch (ended.phase()) {
            case DONE -> Optional.empty();
            case FAILED -> last;
            case BACK ->
                Optional.of(
                        ended.cause().equals(Optional.of(DrainEvent.FAILED)) && last.isPresent()
                                ? last.get()
                                : stopped(ended, name, "it has its labels again and takes jobs", again));
            case STAYS_MARKED ->
                Optional.of(stopped(
                                ended,
                                name,
                                "its labels could not be given back, so it takes no jobs",
                                "Give them back: crossarm undrain " + name,
                                "or go on draining: " + again)
                        .withDetail(last.map(Problem::summary).orElse("")));
            case LEFT ->
                Optional.of(stopped(
                        ended,
                        name,
                        "its record at " + registration.address() + " is deleted already, so it gets no jobs",
                        "Go on: " + again));
            case MARK, SETTLE, DELETE, LEAVE, END, UNMARK -> throw new IllegalStateException("it is not over");
        };
    }

    private static Problem stopped(DrainState ended, RunnerName name, String what, String... remedies) {
        boolean late = ended.cause().equals(Optional.of(DrainEvent.TIMED_OUT));
        return new Problem(
                late ? "drain-timeout" : "drain-stopped",
                "the drain of " + name + (late ? " took too long: " : " was stopped: ") + what,
                "",
                List.of(remedies),
                ExitStatus.TRY_LATER);
    }
}
