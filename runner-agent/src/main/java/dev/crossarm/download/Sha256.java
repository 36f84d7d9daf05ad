package dev.crossarm.download;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Sha256(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    /** The form of sha256sum(1), with or without a name. */
    private static final Pattern GNU = Pattern.compile("(?<hex>[0-9a-fA-F]{64})(?:\\s+\\*?(?<name>\\S.*?))?\\s*");

    private static final Pattern BSD = Pattern.compile("SHA256 \\((?<name>.+)\\) = (?<hex>[0-9a-fA-F]{64})\\s*");

    public Sha256 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /**
     * The digest of this file in a checksum document, as sha256sum and its like write them: the line that names the
     * file (folders before the name do not matter), or the only line there is when it names none.
     */
    public static Optional<Sha256> find(String document, String fileName) {
        List<Matcher> lines = document.lines()
                .filter(line -> !line.isBlank())
                .map(line -> BSD.matcher(line).matches() ? BSD.matcher(line) : GNU.matcher(line))
                .filter(Matcher::matches)
                .toList();
        Optional<Sha256> named = lines.stream()
                .filter(line -> fileName.equals(lastPart(line.group("name"))))
                .map(line -> new Sha256(line.group("hex")))
                .findFirst();
        return named.or(() -> lines.size() == 1 && lines.get(0).group("name") == null
                ? Optional.of(new Sha256(lines.get(0).group("hex")))
                : Optional.empty());
    }

    private static String lastPart(@org.jspecify.annotations.Nullable String name) {
        return name == null ? "" : name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return hex;
    }
}
