package dev.crossarm.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identity of a content: {@code absent}, {@code unknown} (not knowable beforehand) or {@code sha256:<hex>}. */
public record Fingerprint(String value) {

    private static final String PREFIX = "sha256:";

    public static final Fingerprint ABSENT = new Fingerprint("absent");
    public static final Fingerprint UNKNOWN = new Fingerprint("unknown");

    public static Fingerprint of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Fingerprint(PREFIX + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    public static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first eight hexadecimal digits of a digest, for names. */
    public String brief() {
        return value.substring(PREFIX.length(), PREFIX.length() + 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
