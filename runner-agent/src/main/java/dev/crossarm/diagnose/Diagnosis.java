package dev.crossarm.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a log says about a failed build.
 *
 * @param failure the class it was recognised as; empty when none fits
 * @param explanation what went wrong, one paragraph; the first error as it stands when it is not recognised
 * @param remedies what mends it, the most helpful first; none when it is not recognised
 * @param evidence the line that shows it, without colours, at most 500 characters
 * @param lineNumber where that line stands, from 1
 * @param crate the crate that failed to build, as {@code name} or {@code name version}, when the log tells
 */
public record Diagnosis(
        Optional<FailureClass> failure,
        String explanation,
        List<String> remedies,
        String evidence,
        long lineNumber,
        Optional<String> crate) {

    static final String LOAD_VARIABLES = "In a shell: eval \"$(crossarm env --format shell)\"";

    public Diagnosis {
        remedies = List.copyOf(remedies);
    }

    /** The same for a machine that is provisioned: there it is mostly the shell that lacks the variables. */
    public Diagnosis onProvisioned() {
        List<String> sorted = new ArrayList<>(remedies);
        sorted.sort(Comparator.comparing(remedy -> !remedy.equals(LOAD_VARIABLES)));
        return with(sorted);
    }

    /** The same with other words for its remedies. */
    public Diagnosis with(UnaryOperator<String> words) {
        return with(remedies.stream().map(words).toList());
    }

    private Diagnosis with(List<String> newRemedies) {
        return new Diagnosis(failure, explanation, newRemedies, evidence, lineNumber, crate);
    }
}
