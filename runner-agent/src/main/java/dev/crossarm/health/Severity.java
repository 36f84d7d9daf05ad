package dev.crossarm.health;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** As it should be. */
    OK,
    /** Good to know; nothing to do. */
    NOTE,
    /** Works now, but something will not work as expected. */
    WARNING,
    /** Builds or provisioning fail until it is mended. */
    ERROR;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
