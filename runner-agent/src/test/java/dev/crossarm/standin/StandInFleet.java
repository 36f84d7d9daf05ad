package dev.crossarm.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows: runners, jobs, tokens. As documented, a runner is busy only from the moment it has acknowledged its job; one
 * that holds an unacknowledged offer can be deleted; an offer that nobody acknowledges goes back to the queue; a busy runner
 * cannot be deleted. Told to, it calls busy runners idle, which GitHub has been seen to do.
 */
final class StandInFleet {
    static final long DEFAULT_GROUP = 1;

    private final Map<Long, StandInRunner> runners = new LinkedHashMap<>();
    private final Map<Long, StandInJob> jobs = new LinkedHashMap<>();
    private final Map<String, Long> tokens = new LinkedHashMap<>();
    private final Duration offerLasts;
    private final Duration onlineFor;
    private long nextRunner = 101;
    private long nextJob = 5001;
    private boolean lying;
    private int registrations;

    /**
     * @param offerLasts how long a job waits to be acknowledged before another runner may have it; GitHub's is 60 s
     * @param onlineFor how long a runner counts as online after its last poll
     */
    StandInFleet(Duration offerLasts, Duration onlineFor) {
        this.offerLasts = offerLasts;
        this.onlineFor = onlineFor;
    }

    /** Whether busy runners are shown as idle from now on. */
    synchronized void lieAboutBusy(boolean lie) {
        lying = lie;
    }

    synchronized int registrations() {
        return registrations;
    }

    synchronized String token(String kind, Duration life) {
        String token = "A" + UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
        tokens.put(kind + ":" + token, System.nanoTime() + life.toNanos());
        return token;
    }

    synchronized boolean accepts(String kind, String token) {
        Long until = tokens.get(kind + ":" + token);
        return until != null && System.nanoTime() - until < 0;
    }

    /** A new runner; empty when the name is taken and not to be replaced. */
    synchronized Optional<StandInRunner> register(
            String name, List<String> labels, boolean defaults, boolean ephemeral, boolean replace, long group) {
        Optional<StandInRunner> taken = named(name);
        if (taken.isPresent()) {
            if (!replace || taken.get().running != null) {
                return Optional.empty();
            }
            forget(taken.get());
        }
        StandInRunner made = new StandInRunner(nextRunner++, name, "secret-" + UUID.randomUUID(), ephemeral, group);
        if (defaults) {
            made.given.addAll(List.of("self-hosted", "Linux", "ARM64"));
        }
        labels.stream().filter(label -> !made.given.contains(label)).forEach(made.own::add);
        runners.put(made.id, made);
        registrations++;
        return Optional.of(made);
    }

    synchronized Optional<StandInRunner> named(String name) {
        return runners.values().stream()
                .filter(runner -> runner.name.equalsIgnoreCase(name))
                .findFirst();
    }

    synchronized Optional<StandInRunner> of(long id) {
        return Optional.ofNullable(runners.get(id));
    }

    synchronized List<StandInRunner> all() {
        return List.copyOf(runners.values());
    }

    synchronized List<StandInJob> jobs() {
        return List.copyOf(jobs.values());
    }

    synchronized Optional<StandInJob> job(long id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized boolean online(StandInRunner runner) {
        return runner.polling || (runner.seen && System.nanoTime() - runner.lastSeenNanos < onlineFor.toNanos());
    }

    /** What the server says of it, which is late and may be wrong. */
    synchronized boolean shownBusy(StandInRunner runner) {
        return runner.running != null && !lying;
    }

    /** @return false when it has a job: 422 */
    synchronized boolean delete(StandInRunner runner) {
        if (runner.running != null) {
            return false;
        }
        forget(runner);
        return true;
    }

    private void forget(StandInRunner runner) {
        runners.remove(runner.id);
        requeue(runner);
        notifyAll();
    }

    private static void requeue(StandInRunner runner) {
        StandInJob offered = runner.offered;
        if (offered != null && offered.state == StandInJob.State.OFFERED) {
            offered.state = StandInJob.State.QUEUED;
        }
        runner.offered = null;
    }

    synchronized StandInJob enqueue(String name, List<String> labels, String script) {
        StandInJob job = new StandInJob(nextJob++, name, labels, script);
        jobs.put(job.id, job);
        notifyAll();
        return job;
    }

    synchronized void cancel(StandInJob job) {
        job.cancelled = true;
        if (job.state == StandInJob.State.QUEUED) {
            finish(job, "Canceled");
        }
        notifyAll();
    }

    /**
     * A poll of a runner's listener: waits for a job, or for the cancellation of the one that runs.
     *
     * @return null when there is none in time
     * @throws Gone when the runner was deleted, before or meanwhile
     */
    synchronized @Nullable StandInJob poll(StandInRunner runner, Duration longest) throws Gone, InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        runner.polling = true;
        runner.seen = true;
        try {
            while (true) {
                if (!runners.containsKey(runner.id)) {
                    throw new Gone();
                }
                takeBackOffers();
                StandInJob now = runner.running;
                if (now != null && now.cancelled && !now.cancelTold) {
                    now.cancelTold = true;
                    return now;
                }
                if (runner.offered != null) {
                    return runner.offered; // again, until it is acknowledged
                }
                StandInJob next = now == null ? next(runner) : null;
                if (next != null) {
                    next.state = StandInJob.State.OFFERED;
                    next.offeredNanos = System.nanoTime();
                    next.offers++;
                    runner.offered = next;
                    return next;
                }
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                wait(Math.max(1, Math.min(Duration.ofNanos(left).toMillis(), 200)));
            }
        } finally {
            runner.polling = false;
            runner.lastSeenNanos = System.nanoTime();
        }
    }

    private @Nullable StandInJob next(StandInRunner runner) {
        return jobs.values().stream()
                .filter(job -> job.state == StandInJob.State.QUEUED && runner.has(job.labels))
                .findFirst()
                .orElse(null);
    }

    private void takeBackOffers() {
        for (StandInRunner runner : runners.values()) {
            StandInJob offered = runner.offered;
            if (offered != null && System.nanoTime() - offered.offeredNanos > offerLasts.toNanos()) {
                requeue(runner);
            }
        }
    }

    /** @return false when another listener of this runner holds the session */
    synchronized boolean open(StandInRunner runner, String version) {
        if (runner.session && online(runner)) {
            return false;
        }
        runner.session = true;
        runner.seen = true;
        runner.lastSeenNanos = System.nanoTime();
        runner.version = version;
        return true;
    }

    synchronized void closeSession(StandInRunner runner) {
        runner.session = false;
        runner.seen = false;
    }

    /** @return whether the runner has the job now; false when the offer is not its own any more */
    synchronized boolean acknowledge(StandInRunner runner, StandInJob job) {
        takeBackOffers();
        if (!runners.containsKey(runner.id) || runner.offered != job || job.state != StandInJob.State.OFFERED) {
            return false;
        }
        runner.offered = null;
        runner.running = job;
        job.state = StandInJob.State.RUNNING;
        job.runner = runner.name;
        return true;
    }

    synchronized boolean finished(StandInRunner runner, StandInJob job, String result) {
        if (runner.running != job) {
            return false;
        }
        runner.running = null;
        finish(job, result);
        if (runner.ephemeral) {
            runners.remove(runner.id);
        }
        notifyAll();
        return true;
    }

    private static void finish(StandInJob job, String result) {
        job.state = StandInJob.State.DONE;
        job.result = result;
    }

    synchronized void labels(StandInRunner runner, List<String> custom) {
        runner.own.clear();
        runner.own.addAll(new ArrayList<>(custom));
    }

    /** The runner is not there any more. */
    static final class Gone extends Exception {
        private static final long serialVersionUID = 1;
    }
}
