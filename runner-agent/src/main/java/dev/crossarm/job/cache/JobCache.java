package dev.crossarm.job.cache;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.prepare.CargoSetup;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.problem.CrossarmException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The build's side of the cache: whether it is used, and what follows from that. */
public final class JobCache implements AutoCloseable {
    /** What newer runners say a job may do with caches ({@code cache-mode} in GitHub's workflow syntax). */
    static final String MODE = "ACTIONS_CACHE_MODE";

    private final Optional<BuildCache.Slot> slot;
    private final Mode mode;
    private final BuildCache cache;
    private final DurableFiles files;
    private final CargoSetup setup;
    private final String triple;
    private final Consumer<String> told;

    /** Values of {@link #MODE}. */
    private enum Mode {
        WRITE,
        /** What is there may be used, and stays as it is. */
        READ,
        /** What is there may not be used, and is replaced. */
        WRITE_ONLY,
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** A word that is not known may forbid anything. */
        static Mode of(Surroundings job) {
            return job.variable("GITHUB_ACTIONS")
                    .flatMap(in -> job.variable(MODE))
                    .map(word -> Arrays.stream(values())
                            .filter(one -> one.word().equals(word.strip()))
                            .findFirst()
                            .orElse(NONE))
                    .orElse(WRITE);
        }
    }

    private JobCache(
            Optional<BuildCache.Slot> slot,
            Mode mode,
            BuildCache cache,
            DurableFiles files,
            CargoSetup setup,
            String triple,
            Consumer<String> told) {
        this.slot = slot;
        this.mode = mode;
        this.cache = cache;
        this.files = files;
        this.setup = setup;
        this.triple = triple;
        this.told = told;
    }

    /**
     * Takes a slot where the cache is wanted: by default in jobs that build the repository's own code, where it can be written and
     * nothing else was chosen. A stranger's code gets a slot of its own, and only when the cache is switched on.
     */
    public static JobCache of(BuildHost host, BuildRequest request, CargoSetup setup, Consumer<String> told) {
        BuildCache cache = new BuildCache(
                host.files(),
                host.commands(),
                host.clock(),
                host.sleeper(),
                request.cache().root(),
                request.cache().limit());
        Surroundings job = host.surroundings();
        Optional<Boolean> wanted = request.cache().wanted();
        Mode mode = Mode.of(job);
        Optional<BuildCache.Slot> slot = Optional.empty();
        if (wanted.orElse(job.variable("GITHUB_ACTIONS").isPresent())) {
            JobOrigin origin = JobOrigin.of(job);
            Optional<String> off = otherPlace(request, setup)
                    .map(other -> other + " says where cargo builds")
                    .or(() -> forbidden(job, mode))
                    .or(() -> strange(origin, wanted.isPresent()));
            if (off.isPresent()) {
                told.accept("cache off: " + off.get());
            } else {
                try {
                    slot = Optional.of(take(
                            cache,
                            mode,
                            key(job, origin, setup),
                            setup.project().root()));
                } catch (CrossarmException notWritable) {
                    if (wanted.isPresent()) {
                        throw notWritable;
                    }
                    told.accept("cache off: " + notWritable.problem().summary());
                }
            }
        }
        return new JobCache(
                slot, mode, cache, host.files(), setup, host.target().triple(), told);
    }

    private static BuildCache.Slot take(BuildCache cache, Mode mode, String key, Path workspace) {
        return switch (mode) {
            case READ -> cache.takeCopy(key, workspace);
            case WRITE_ONLY -> cache.takeEmpty(key, workspace);
            case WRITE, NONE -> cache.take(key, workspace);
        };
    }

    private static Optional<String> otherPlace(BuildRequest request, CargoSetup setup) {
        Map<String, String> variables = setup.variables();
        for (String name : List.of("CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR")) {
            if (!variables.getOrDefault(name, "").isEmpty()) {
                return Optional.of(name);
            }
        }
        boolean option = request.cargo().arguments().stream().anyMatch(word -> word.startsWith("--target-dir"));
        Path usual = setup.project().root().resolve("target");
        return option
                ? Optional.of("--target-dir")
                : Optional.of("cargo's configuration")
                        .filter(name -> !setup.project().targetDirectory().equals(usual));
    }

    private static Optional<String> forbidden(Surroundings job, Mode mode) {
        return mode == Mode.NONE
                ? Optional.of(MODE + " of this job is " + job.variable(MODE).orElse(""))
                : Optional.empty();
    }

    private static Optional<String> strange(JobOrigin origin, boolean chosen) {
        if (origin.trust() == JobOrigin.Trust.OWN || (chosen && origin.group().isPresent())) {
            return Optional.empty();
        }
        return Optional.of("this job may build code from outside of the repository, as " + origin.because()
                + (origin.group().isPresent()
                        ? "; --cache on (in a workflow: cache: true) keeps such builds in a folder of their own"
                        : ""));
    }

    /** The folder's name for a repository and whose code it is, or for a project that is built outside of a job. */
    private static String key(Surroundings job, JobOrigin origin, CargoSetup setup) {
        return key(job, origin, setup.project().root());
    }

    static String key(Surroundings job, JobOrigin origin, Path workspace) {
        Optional<String> repository = job.variable("GITHUB_REPOSITORY");
        String group = origin.group().orElse("");
        String whole = repository
                        .map(name -> job.variable("GITHUB_SERVER_URL").orElse("") + "/" + name)
                        .orElse(workspace.toString())
                + (group.isEmpty() ? "" : "\n" + group);
        String last = repository.orElseGet(() -> String.valueOf(workspace.getFileName()))
                + (group.isEmpty() ? "" : "-" + group);
        String readable = last.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        String hash = Fingerprint.of(whole).toString().replaceAll("^.*:", "").substring(0, 12);
        return (readable.length() > 60 ? readable.substring(0, 60) : readable) + "-" + hash;
    }

    /** The build, sent to the slot where there is one. */
    public CargoSetup applied(CargoSetup build) {
        return slot.map(taken -> build.with("CARGO_TARGET_DIR", taken.target().toString()))
                .orElse(build);
    }

    public BuildCache.State state() {
        return slot.map(taken -> new BuildCache.State(
                        taken.warm() ? BuildCache.State.Kind.WARM : BuildCache.State.Kind.COLD,
                        taken.folder() + (mode == Mode.WRITE ? "" : " (" + MODE + " is " + mode.word() + ")")))
                .orElse(BuildCache.State.OFF);
    }

    /** Puts what was built where it is looked for. */
    public Delivery deliver(CargoRun run) {
        return slot.map(taken -> Delivery.of(
                        files,
                        run,
                        setup.project(),
                        taken.target(),
                        setup.project().targetDirectory(),
                        triple,
                        mode != Mode.READ))
                .orElseGet(Delivery::new);
    }

    /** Notes the use and makes room. What goes wrong with that is no reason to fail a build. */
    public void used(boolean changed) {
        if (mode != Mode.READ) {
            quietly(taken -> cache.used(taken, setup.project().root(), changed, told));
        }
    }

    private void quietly(Consumer<BuildCache.Slot> action) {
        slot.ifPresent(taken -> {
            try {
                action.accept(taken);
            } catch (CrossarmException fault) {
                told.accept("cache: " + fault.problem().summary());
            }
        });
    }

    @Override
    public void close() {
        if (mode == Mode.READ) {
            quietly(taken -> cache.discard(taken, setup.project().root()));
        }
        slot.ifPresent(BuildCache.Slot::close);
    }
}
