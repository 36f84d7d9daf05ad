package dev.crossarm.provision.rust;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the toolchain step takes away: toolchains it installed, and of others the target and components it added.
 *
 * @param toolchains where rustup keeps them
 * @param receiptFile where the receipt lies
 * @param receipt what it says
 */
record RustToolchainRemoval(Path toolchains, Path receiptFile, RustToolchainReceipt receipt) {
    private static final String REMOVE = "remove the ";

    List<Change> plan() {
        List<Change> changes = new ArrayList<>();
        receipt.targets().forEach(part -> addPart(changes, "target", part));
        receipt.components().forEach(part -> addPart(changes, "component", part));
        for (String name : receipt.toolchains()) {
            if (Files.exists(toolchains.resolve(name))) {
                changes.add(deletion(toolchains.resolve(name), "remove the toolchain " + toolchains.resolve(name)));
            }
        }
        if (Files.exists(receiptFile)) {
            changes.add(deletion(receiptFile, "delete the record of what was added to Rust"));
        }
        return changes;
    }

    /** Whether a change takes a target or component out of a toolchain. */
    static boolean isPart(Change change) {
        return change.kind() == Change.Kind.RUN && change.summary().startsWith(REMOVE);
    }

    /** @param part {@code toolchain name} */
    private void addPart(List<Change> changes, String kind, String part) {
        String[] words = part.split(" ");
        boolean goesAnyway = receipt.toolchains().contains(words[0]);
        if (!goesAnyway && Files.exists(toolchains.resolve(words[0]))) {
            changes.add(Change.of(
                    Change.Kind.RUN,
                    kind + " " + part,
                    REMOVE + kind + " " + words[1] + " from Rust " + words[0]));
        }
    }

    private static Change deletion(Path path, String summary) {
        return Change.of(Change.Kind.DELETE, path.toString(), summary)
                .withFingerprints(Fingerprint.UNKNOWN, Fingerprint.ABSENT);
    }
}
