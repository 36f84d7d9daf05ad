package dev.crossarm.job.request;

import java.util.List;

/**
 * Something that was found out before a build and affects it.
 *
 * @param warning whether it may do harm; of the rest a job makes no annotation, and a quiet run says nothing
 * @param finding what was found, one line
 * @param remedies what to do about it, in the order that helps most
 */
public record Remark(boolean warning, String finding, List<String> remedies) {

    public Remark {
        remedies = List.copyOf(remedies);
    }

    public Remark(boolean warning, String finding, String... remedies) {
        this(warning, finding, List.of(remedies));
    }

    /** All of it in one line. */
    public String text() {
        return finding + (remedies.isEmpty() ? "" : " -> " + remedies.get(0));
    }
}
