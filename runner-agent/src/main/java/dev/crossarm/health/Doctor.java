package dev.crossarm.health;

import dev.crossarm.download.Reached;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.problem.CrossarmException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Examines a host from every side. Writes nothing; uses the network only to ask each download origin for its headers, and
 * not at all when told so. What one examination cannot find out becomes a finding of its own and stops no other.
 */
public final class Doctor {
    private static final int AT_ONCE = 4;

    private final Map<String, Examination> examinations;

    Doctor(Map<String, Examination> examinations) {
        this.examinations = new LinkedHashMap<>(examinations);
    }

    /** Examines with the network. {@code probe} asks an address once, with a short deadline. */
    public static Doctor online(DoctorSubject subject, Function<URI, Reached> probe, InstantSource clock) {
        Map<String, Examination> all = offlinePart(subject);
        all.put(
                "network",
                new NetworkExamination(DownloadOrigin.inUse(subject.settings(), subject.root()), probe, clock));
        return new Doctor(all);
    }

    /** The same, and tries the credential for GitHub where one is set. */
    public static Doctor online(
            DoctorSubject subject,
            Function<URI, Reached> probe,
            InstantSource clock,
            Function<GitHubSettings, GitHubAccess> github) {
        Doctor doctor = online(subject, probe, clock);
        doctor.examinations.put("github", new GitHubExamination(() -> GitHubSettings.of(subject.loaded()), github));
        return doctor;
    }

    /** Examines without the network; the report says so. */
    public static Doctor offline(DoctorSubject subject) {
        Map<String, Examination> all = offlinePart(subject);
        all.put("github", GitHubExamination.offline(() -> GitHubSettings.of(subject.loaded())));
        all.put("network", () -> List.of(Finding.note("network", "not checked (--offline)", "")));
        return new Doctor(all);
    }

    private static Map<String, Examination> offlinePart(DoctorSubject subject) {
        Map<String, Examination> all = new LinkedHashMap<>();
        all.put("system", new SystemExamination(subject));
        all.put("space", new SpaceExamination(subject));
        all.put("rights", new RightsExamination(subject));
        all.put("packages", new AptExamination(subject));
        if (!Files.isDirectory(subject.layout().bin())) {
            // All that follows would say the same in many words.
            all.put(
                    "provisioned",
                    () -> List.of(Finding.error(
                            "provisioned",
                            "nothing is provisioned on this machine in "
                                    + subject.settings().scope().name().toLowerCase(Locale.ROOT) + " scope",
                            "",
                            "crossarm provision")));
            return all;
        }
        all.put("binfmt", new BinfmtExamination(subject));
        all.put("steps", new DriftExamination(subject.steps(), "crossarm provision"));
        all.put("self-test", new SelfTestExamination(subject.selfTest(), "crossarm self-test"));
        all.put("variables", new VariableExamination(subject));
        all.put("cargo-config", new CargoConfigExamination(subject));
        all.put("search-path", new SearchPathExamination(subject));
        all.put("runners", new RunnerExamination(subject));
        return all;
    }

    /**
     * Examines, several sides at once; the findings come in a fixed order.
     *
     * @throws CrossarmException when the calling thread is interrupted (its interrupt flag is then set again)
     */
    public DoctorReport examine() {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Finding>>> running = new ArrayList<>();
            examinations.forEach((id, examination) -> running.add(workers.submit(() -> guarded(id, examination))));
            List<Finding> findings = new ArrayList<>();
            for (Future<List<Finding>> one : running) {
                findings.addAll(one.get());
            }
            return new DoctorReport(findings);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw HealthProblems.interrupted().asException(stop);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a check failed", bug.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<Finding> guarded(String id, Examination examination) {
        try {
            return examination.examine();
        } catch (CrossarmException unknown) {
            return List.of(Finding.of(id, Severity.ERROR, unknown.problem()));
        }
    }
}
