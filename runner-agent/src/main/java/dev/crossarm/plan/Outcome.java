package dev.crossarm.plan;

import dev.crossarm.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a step ended in a run. */
public sealed interface Outcome {

    /** Satisfied before anything was done. */
    record Unchanged(List<String> evidence) implements Outcome {
        public Unchanged {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String word() {
            return "unchanged";
        }
    }

    /** Changed, then checked again and found satisfied. */
    record Changed(List<Change> changes, List<String> evidence) implements Outcome {
        public Changed {
            changes = List.copyOf(changes);
            evidence = List.copyOf(evidence);
        }

        @Override
        public String word() {
            return "changed";
        }
    }

    /**
     * A check, a change or the check after it failed; changes made before that stay made.
     *
     * @param cause what was thrown, when something was: a bug's trace, or the error a problem was translated from
     */
    record Failed(Problem problem, @Nullable Throwable cause) implements Outcome {
        /** A failure that nothing was thrown for. */
        public Failed(Problem problem) {
            this(problem, null);
        }

        @Override
        public String word() {
            return "failed";
        }
    }

    /** Not tried. */
    record Skipped(String because) implements Outcome {
        @Override
        public String word() {
            return "skipped";
        }
    }

    /** The word in logs, JSON and metrics. */
    String word();

    /** Whether the step is as it should be now. */
    default boolean good() {
        return this instanceof Unchanged || this instanceof Changed;
    }
}
