package dev.crossarm.health;

import dev.crossarm.problem.Problem;
import java.util.List;

/**
 * One thing that was looked at.
 *
 * @param id kebab-case, stable; several findings may share it when they are about several things of a kind
 * @param severity how much it matters
 * @param summary one line
 * @param detail what was seen, and who wins where two things contradict; may be empty
 * @param remedies what mends it, commands that can be pasted first; empty when there is nothing to mend
 */
public record Finding(String id, Severity severity, String summary, String detail, List<String> remedies) {

    public Finding {
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || summary.isBlank() || summary.contains("\n")) {
            throw new IllegalArgumentException("a finding needs a kebab-case id and a summary of one line: " + id);
        }
        detail = detail.strip();
        remedies = List.copyOf(remedies);
    }

    static Finding ok(String id, String summary) {
        return new Finding(id, Severity.OK, summary, "", List.of());
    }

    static Finding note(String id, String summary, String detail) {
        return new Finding(id, Severity.NOTE, summary, detail, List.of());
    }

    static Finding warning(String id, String summary, String detail, String... remedies) {
        return new Finding(id, Severity.WARNING, summary, detail, List.of(remedies));
    }

    static Finding error(String id, String summary, String detail, String... remedies) {
        return new Finding(id, Severity.ERROR, summary, detail, List.of(remedies));
    }

    static Finding of(String id, Severity severity, Problem problem) {
        return new Finding(id, severity, problem.summary(), problem.detail(), problem.remedies());
    }
}
