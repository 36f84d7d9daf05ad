package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.text.BundledFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known about crates, from the file {@code crates.tsv} beside this class. */
final class CrateFacts {
    private final Map<String, List<CrateFact>> byCrate;

    private CrateFacts(Map<String, List<CrateFact>> byCrate) {
        this.byCrate = byCrate;
    }

    static CrateFacts load() {
        Map<String, List<CrateFact>> byCrate = new LinkedHashMap<>();
        BundledFile.text(CrateFacts.class, "crates.tsv")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(CrateFact::parse)
                .forEach(fact -> byCrate.computeIfAbsent(fact.crate(), name -> new ArrayList<>())
                        .add(fact));
        return new CrateFacts(byCrate);
    }

    List<CrateFact> all() {
        return byCrate.values().stream().flatMap(List::stream).toList();
    }

    /** What is known about this version of a crate. */
    List<CrateFact> of(CargoLock.Locked locked) {
        return byCrate.getOrDefault(locked.name(), List.of()).stream()
                .filter(fact -> fact.holdsFor(locked.version()))
                .toList();
    }
}
