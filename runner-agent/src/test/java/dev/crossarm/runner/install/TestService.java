package dev.crossarm.runner.install;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A service that runs, is busy for a while, and refuses to start with some versions. */
final class TestService implements RunnerService {
    final List<String> done = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    boolean running = true;
    int busy;

    /** Whether a listener that does not come up has taken a job by the time it is to be stopped. */
    boolean busyOnceRefused;

    /** How many more times it is told to stop and, since a job came at that moment, does so only with the job's end. */
    int stopsLate;

    @Override
    public boolean running(RunnerRecord runner) {
        return running;
    }

    @Override
    public Stop stopUnlessBusy(RunnerRecord runner) {
        if (busy > 0) {
            busy--;
            done.add("busy");
            return Stop.BUSY;
        }
        if (!running) {
            return Stop.NOT_RUNNING;
        }
        if (stopsLate > 0) {
            stopsLate--;
            throw Problem.of(ExitStatus.TRY_LATER, "runner-service-stopping", "it stops when its job is over")
                    .asException();
        }
        done.add("stop " + runner.version());
        running = false;
        return Stop.STOPPED;
    }

    @Override
    public boolean start(RunnerRecord runner) {
        done.add("start " + runner.version());
        running = !refused.contains(runner.version());
        if (!running && busyOnceRefused) {
            running = true;
            busy = 1;
            return false;
        }
        return running;
    }

    RunnerUpdate.Updated update(InstallBench bench, RunnerName name, Optional<String> version) {
        return update(bench, name, version, false);
    }

    RunnerUpdate.Updated update(InstallBench bench, RunnerName name, Optional<String> version, boolean now) {
        return bench.update(this)
                .carryOut(
                        new RunnerUpdate.Request(name, version.map(RunnerVersion::parse), Optional.empty(), now),
                        () -> () -> {},
                        bench.progress());
    }
}
