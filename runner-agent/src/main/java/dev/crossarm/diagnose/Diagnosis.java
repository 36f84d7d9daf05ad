package dev.crossarm.diagnose;

import java.util.List;
import java.util.Optional;

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

    public Diagnosis {
        remedies = List.copyOf(remedies);
    }
}
