package dev.crossarm.runner.life;

import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Registrations that were begun and whose ends nobody wrote down: a run that is killed in between leaves a record on GitHub that is
 * ours and that no file tells of.
 *
 * @param begun one a runner
 */
record RegisterReceipt(List<Entry> begun) {
    private static final StepId ID = StepId.of("runner-register");

    /**
     * One that was begun.
     *
     * @param name on this machine
     * @param address where
     * @param onGitHub its name there, which nobody had when it was begun
     */
    record Entry(String name, String address, String onGitHub) {}

    RegisterReceipt {
        begun = List.copyOf(begun);
    }

    static Optional<Entry> of(ReceiptStore store, String name) {
        return read(store).begun().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    static void add(ReceiptStore store, Entry entry) {
        List<Entry> all = new ArrayList<>(read(store).begun());
        all.removeIf(other -> other.name().equals(entry.name()));
        all.add(entry);
        store.write(ID, new RegisterReceipt(all));
    }

    static void forget(ReceiptStore store, String name) {
        List<Entry> all = new ArrayList<>(read(store).begun());
        if (all.removeIf(entry -> entry.name().equals(name))) {
            if (all.isEmpty()) {
                store.delete(ID);
            } else {
                store.write(ID, new RegisterReceipt(all));
            }
        }
    }

    private static RegisterReceipt read(ReceiptStore store) {
        return store.read(ID, RegisterReceipt.class).orElse(new RegisterReceipt(List.of()));
    }
}
