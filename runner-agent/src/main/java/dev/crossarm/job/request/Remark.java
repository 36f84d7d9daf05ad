package dev.crossarm.job.request;

import java.util.Optional;

/**
 * Something that was found out before a build and affects it.
 *
 * @param warning whether it may do harm; of the rest a job makes no annotation, and a quiet run says nothing
 * @param finding what was found, one line
 * @param remedy what to do about it
 */
public record Remark(boolean warning, String finding, Optional<String> remedy) {

    public Remark(boolean warning, String finding) {
        this(warning, finding, Optional.empty());
    }

    /** All of it in one line. */
    public String text() {
        return finding + remedy.map(command -> " -> " + command).orElse("");
    }
}
