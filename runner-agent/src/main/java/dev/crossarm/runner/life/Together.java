package dev.crossarm.runner.life;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same for several runners at once, and waits for each to end. An interrupt reaches all of them. */
final class Together {
    private final Consumer<String> said;

    Together(Consumer<String> said) {
        this.said = said;
    }

    /** What is done for one. */
    interface Work {
        Optional<Problem> of(RunnerName name, Consumer<String> told);
    }

    Map<RunnerName, Optional<Problem>> each(List<RunnerName> names, Work work) {
        Map<RunnerName, Optional<Problem>> ended = new LinkedHashMap<>();
        if (names.size() == 1) {
            ended.put(names.get(0), guarded(work, names.get(0), said));
            return ended;
        }
        if (names.isEmpty()) {
            return ended;
        }
        ExecutorService workers = Executors.newFixedThreadPool(names.size());
        List<Future<Optional<Problem>>> running = new ArrayList<>();
        for (RunnerName name : names) {
            Callable<Optional<Problem>> one = () -> guarded(work, name, line -> {
                synchronized (this) {
                    said.accept(name + ": " + line);
                }
            });
            running.add(workers.submit(one));
        }
        workers.shutdown();
        boolean interrupted = false;
        for (int i = 0; i < names.size(); ) {
            try {
                ended.put(names.get(i), running.get(i).get());
                i++;
            } catch (InterruptedException stop) {
                interrupted = true;
                workers.shutdownNow(); // which interrupts them and waits for none
            } catch (ExecutionException bug) {
                throw new IllegalStateException(bug.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    /** What is wrong with one of them must not leave the others without an end. */
    private static Optional<Problem> guarded(Work work, RunnerName name, Consumer<String> told) {
        try {
            return work.of(name, told);
        } catch (CrossarmException failed) {
            return Optional.of(failed.problem());
        }
    }
}
