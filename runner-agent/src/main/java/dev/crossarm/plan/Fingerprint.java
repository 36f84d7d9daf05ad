package dev.crossarm.plan;

import dev.crossarm.text.Sha256;
import java.nio.charset.StandardCharsets;

/** Identity of a content: {@code absent}, {@code unknown} (not knowable beforehand) or {@code sha256:<hex>}. */
public record Fingerprint(String value) {

    private static final String PREFIX = "sha256:";

    public static final Fingerprint ABSENT = new Fingerprint("absent");
    public static final Fingerprint UNKNOWN = new Fingerprint("unknown");

    public static Fingerprint of(byte[] content) {
        return new Fingerprint(PREFIX + Sha256.of(content));
    }

    public static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first eight hexadecimal digits of a digest, for names. */
    public String brief() {
        return value.substring(PREFIX.length(), PREFIX.length() + 8);
    }

    // Written out: a record's own equality is put together at run time, which takes a short command longer than the
    // rest.
    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && fingerprint.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
