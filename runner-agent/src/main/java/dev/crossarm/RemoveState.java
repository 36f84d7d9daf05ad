package dev.crossarm;

import dev.crossarm.config.Layout;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.proof.SelfTest;
import java.nio.file.Path;
import java.util.List;

/** Takes away what belongs to no step once every step has taken away its own. Folders go only when they are empty. */
final class RemoveState {
    private final HostFiles files;
    private final Layout layout;

    RemoveState(HostFiles files, Layout layout) {
        this.files = files;
        this.layout = layout;
    }

    void carryOut() {
        files.delete(layout.receipts().resolve(SelfTest.ID + ".json"));
        files.deleteTree(SelfTest.folder(layout));
        Path journal = layout.journal();
        files.delete(journal.resolveSibling(journal.getFileName() + ".1"));
        files.delete(journal);
        files.delete(layout.lock().resolveSibling(layout.lock().getFileName() + ".holder"));
        files.delete(layout.lock());
        files.delete(layout.state().resolve(UpToDate.NAME));
        List.of(
                        layout.receipts(),
                        layout.state().resolve("downloads"),
                        layout.state().resolve("rust"),
                        layout.state(),
                        layout.bin(),
                        layout.etc(),
                        layout.prefix())
                .forEach(this::deleteWhenEmpty);
    }

    private void deleteWhenEmpty(Path folder) {
        try {
            files.deleteIfEmpty(folder);
        } catch (CrossarmException kept) {
            // An empty folder that cannot be removed, a mount point for one, is no reason to fail.
            return;
        }
    }
}
