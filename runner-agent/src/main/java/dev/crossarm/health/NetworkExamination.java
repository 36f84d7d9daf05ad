package dev.crossarm.health;

import dev.crossarm.download.Reached;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Whether each download origin answers, asked all at once, and what their clocks say of ours. */
final class NetworkExamination implements Examination {
    /** GitHub refuses an App's token whose time is more than a minute off (its documentation on JSON Web Tokens). */
    private static final Duration TOLERATED = Duration.ofSeconds(60);

    /** Beyond this certificates and signed package lists are taken for not yet valid or expired. */
    private static final Duration BREAKING = Duration.ofHours(1);

    private static final int MOST_AT_ONCE = 8;

    private final List<DownloadOrigin> origins;
    private final Function<URI, Reached> probe;
    private final InstantSource clock;

    NetworkExamination(List<DownloadOrigin> origins, Function<URI, Reached> probe, InstantSource clock) {
        this.origins = List.copyOf(origins);
        this.probe = probe;
        this.clock = clock;
    }

    /** An answer, and our own clock when it came. */
    private record Asked(DownloadOrigin origin, Reached reached, Instant at) {}

    @Override
    public List<Finding> examine() {
        List<Asked> answers = askAll();
        List<Finding> findings = new ArrayList<>();
        for (Asked answer : answers) {
            String server = answer.origin().address().toString();
            findings.add(answer.reached()
                    .problem()
                    .map(problem -> Finding.warning(
                            "network",
                            answer.origin().name() + " cannot be fetched: " + problem.summary(),
                            problem.detail(),
                            problem.remedies().toArray(String[]::new)))
                    .orElseGet(() -> Finding.ok("network", answer.origin().name() + ": " + server + " answers")));
        }
        answers.stream()
                .filter(answer -> answer.reached().serverTime().isPresent())
                .findFirst()
                .ifPresent(answer -> findings.add(clock(answer)));
        return findings;
    }

    private Finding clock(Asked answer) {
        Instant server = answer.reached().serverTime().orElse(answer.at());
        Duration off = Duration.between(server, answer.at());
        String summary = off.abs().compareTo(Duration.ofSeconds(2)) <= 0
                ? "the clock is right"
                : "the clock is " + off.abs().toSeconds() + " s " + (off.isNegative() ? "slow" : "fast");
        if (off.abs().compareTo(TOLERATED) <= 0) {
            return Finding.ok("clock", summary);
        }
        String detail = "compared with " + answer.origin().address()
                + ": certificates, signed package lists and GitHub's" + " tokens depend on it";
        String[] remedies = {"sudo timedatectl set-ntp true", "timedatectl timesync-status"};
        return off.abs().compareTo(BREAKING) > 0
                ? Finding.error("clock", summary, detail, remedies)
                : Finding.warning("clock", summary, detail, remedies);
    }

    private List<Asked> askAll() {
        if (origins.isEmpty()) {
            return List.of();
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(MOST_AT_ONCE, origins.size()), work -> {
            Thread thread = new Thread(work, "doctor-network");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Asked>> running = new ArrayList<>();
            for (DownloadOrigin origin : origins) {
                running.add(workers.submit(() -> new Asked(origin, probe.apply(origin.address()), clock.instant())));
            }
            List<Asked> answers = new ArrayList<>();
            for (Future<Asked> one : running) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw HealthProblems.interrupted().asException(stop);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a probe failed", bug.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
