package dev.crossarm.job.cache;

import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.prepare.Prepared;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.problem.CrossarmException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The build's side of the cache: whether it is used, and what follows from that. */
public final class CacheUser implements AutoCloseable {
    private final Optional<CacheSlot> slot;
    private final BuildCache cache;
    private final Prepared prepared;
    private final String triple;
    private final Consumer<String> told;

    private CacheUser(
            Optional<CacheSlot> slot, BuildCache cache, Prepared prepared, String triple, Consumer<String> told) {
        this.slot = slot;
        this.cache = cache;
        this.prepared = prepared;
        this.triple = triple;
        this.told = told;
    }

    /** Takes a slot where the cache is wanted: by default in jobs, where it can be written and nothing else was chosen. */
    public static CacheUser of(BuildHost host, BuildRequest request, Prepared prepared, Consumer<String> told) {
        BuildCache cache =
                new BuildCache(host, request.cache().root(), request.cache().limit());
        Optional<Boolean> wanted = request.cache().wanted();
        boolean inJob = host.surroundings().variable("GITHUB_ACTIONS").isPresent();
        Optional<CacheSlot> slot = Optional.empty();
        if (wanted.orElse(inJob)) {
            Optional<String> other = otherPlace(request, prepared);
            if (other.isPresent()) {
                told.accept("cache off: " + other.get() + " says where cargo builds");
            } else {
                try {
                    slot = Optional.of(cache.take(prepared.project().root()));
                } catch (CrossarmException notWritable) {
                    if (wanted.isPresent()) {
                        throw notWritable;
                    }
                    told.accept("cache off: " + notWritable.problem().summary());
                }
            }
        }
        return new CacheUser(slot, cache, prepared, host.target().triple(), told);
    }

    private static Optional<String> otherPlace(BuildRequest request, Prepared prepared) {
        Map<String, String> variables = prepared.variables();
        for (String name : List.of("CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR")) {
            if (!variables.getOrDefault(name, "").isEmpty()) {
                return Optional.of(name);
            }
        }
        boolean option = request.cargo().arguments().stream().anyMatch(word -> word.startsWith("--target-dir"));
        Path usual = prepared.project().root().resolve("target");
        return option
                ? Optional.of("--target-dir")
                : Optional.of("cargo's configuration")
                        .filter(name -> !prepared.project().targetDirectory().equals(usual));
    }

    /** The build, sent to the slot where there is one. */
    public Prepared applied(Prepared build) {
        return slot.map(taken -> build.with("CARGO_TARGET_DIR", taken.target().toString()))
                .orElse(build);
    }

    public CacheState state() {
        return slot.map(taken -> new CacheState(
                        taken.warm() ? CacheState.Kind.WARM : CacheState.Kind.COLD,
                        taken.folder().toString()))
                .orElse(CacheState.OFF);
    }

    /** Puts what was built where it is looked for. */
    public Delivery deliver(CargoRun run) {
        return slot.map(taken -> Delivery.of(
                        run,
                        prepared.project(),
                        taken.target(),
                        prepared.project().targetDirectory(),
                        triple))
                .orElseGet(Delivery::new);
    }

    /** Notes the use and makes room. What goes wrong with that is no reason to fail a build. */
    public void used(boolean changed) {
        slot.ifPresent(taken -> {
            try {
                cache.used(taken, prepared.project().root(), changed, told);
            } catch (CrossarmException fault) {
                told.accept("cache: " + fault.problem().summary());
            }
        });
    }

    @Override
    public void close() {
        slot.ifPresent(CacheSlot::close);
    }
}
