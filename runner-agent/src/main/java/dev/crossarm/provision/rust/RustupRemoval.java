package dev.crossarm.provision.rust;

import dev.crossarm.config.Layout;
import dev.crossarm.host.files.FileState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the rustup step takes away: homes of ours as a whole when it made them, from the user's own only the programs it
 * added. The receipt goes last, so that a removal that was cut off can go on.
 *
 * @param receiptFile where the receipt lies
 * @param receipt what it says
 * @param installer left over when an installation was cut off
 */
record RustupRemoval(Layout layout, Path receiptFile, RustupReceipt receipt, Path installer) {

    /** What is there of it, in the order in which it goes. */
    List<Path> doomed() {
        return candidates().stream().filter(FileState::isThere).toList();
    }

    private List<Path> candidates() {
        List<Path> doomed = new ArrayList<>(List.of(installer));
        receipt.programs().forEach(file -> doomed.add(Path.of(file)));
        if (layout.ownRustHomes()) {
            receipt.homes().forEach(home -> doomed.add(Path.of(home)));
            Path parent = Objects.requireNonNull(layout.cargoHome().getParent());
            if (!receipt.homes().isEmpty() && doomed.containsAll(FileState.children(parent))) {
                doomed.add(parent);
            }
        }
        doomed.add(receiptFile);
        return doomed;
    }
}
