package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.CargoLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        try (InputStream in = CrateFacts.class.getResourceAsStream("crates.tsv")) {
            if (in == null) {
                throw new IllegalStateException("crates.tsv is not in the archive");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    CrateFact fact = CrateFact.parse(line);
                    byCrate.computeIfAbsent(fact.crate(), name -> new ArrayList<>())
                            .add(fact);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
