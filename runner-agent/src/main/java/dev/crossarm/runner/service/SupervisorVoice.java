package dev.crossarm.runner.service;

import dev.crossarm.problem.CrossarmException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a supervisor says: to the journal, and in its state file. */
final class SupervisorVoice {
    private final SupervisorPorts ports;
    private final Optional<ServiceFolder> folder;
    private SupervisorState state;
    private boolean warned;

    /** @param folder absent where it was not started by its unit */
    SupervisorVoice(SupervisorPorts ports, Optional<ServiceFolder> folder) {
        this.ports = ports;
        this.folder = folder;
        this.state = SupervisorState.starting(ports.clock().instant(), ports.pid());
        write();
    }

    /** One line of its own, told apart from the listener's. */
    void say(String text) {
        ports.out().accept("crossarm: " + text);
    }

    /** A line of the listener's. */
    void pass(String line) {
        ports.out().accept(line);
    }

    /** The state is another one now. */
    void now(UnaryOperator<SupervisorState> change) {
        SupervisorState next = change.apply(state);
        if (!next.equals(state)) {
            state = next;
            write();
        }
    }

    void phase(SupervisorState.Phase phase) {
        if (state.phase() != phase) {
            now(before -> before.in(phase, ports.clock().instant()));
        }
    }

    SupervisorState.Phase phase() {
        return state.phase();
    }

    /** A full disk keeps no runner from its jobs. */
    private void write() {
        try {
            folder.ifPresent(place -> place.write(ports.files(), state));
            warned = false;
        } catch (CrossarmException error) {
            if (!warned) {
                warned = true;
                say("cannot write its state: " + error.problem().summary());
            }
        }
    }
}
