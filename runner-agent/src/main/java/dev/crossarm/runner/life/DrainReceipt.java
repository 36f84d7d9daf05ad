package dev.crossarm.runner.life;

import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which runners are being drained, or were and stay, and why: for whoever asks for their status.
 *
 * @param drained one entry a runner
 */
record DrainReceipt(List<Entry> drained) {
    private static final StepId ID = StepId.of("runner-drain");

    /**
     * One runner.
     *
     * @param name on this machine
     * @param since ISO 8601
     * @param reason as it was given; may be empty
     */
    record Entry(String name, String since, String reason) {}

    DrainReceipt {
        drained = List.copyOf(drained);
    }

    static Optional<Entry> of(ReceiptStore store, String name) {
        return read(store).drained().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    static synchronized void add(ReceiptStore store, Entry entry) {
        List<Entry> all = new ArrayList<>(read(store).drained());
        all.removeIf(other -> other.name().equals(entry.name()));
        all.add(entry);
        store.write(ID, new DrainReceipt(all));
    }

    static synchronized void forget(ReceiptStore store, String name) {
        List<Entry> all = new ArrayList<>(read(store).drained());
        if (all.removeIf(entry -> entry.name().equals(name))) {
            if (all.isEmpty()) {
                store.delete(ID);
            } else {
                store.write(ID, new DrainReceipt(all));
            }
        }
    }

    private static DrainReceipt read(ReceiptStore store) {
        return store.read(ID, DrainReceipt.class).orElse(new DrainReceipt(List.of()));
    }
}
