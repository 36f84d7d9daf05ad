package dev.crossarm.github.credential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An App's private key. Signs what the App shows itself with; never shown. */
public final class AppKey {
    /** GitHub's documentation, "Generating a JSON Web Token": a minute back for clocks that differ, ten minutes at most. */
    private static final Duration BACK = Duration.ofSeconds(60);

    private static final Duration LIFE = Duration.ofMinutes(9);

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<kind>[A-Z ]+)-----(?<body>.*?)-----END \\k<kind>-----", Pattern.DOTALL);

    /** SEQUENCE of the object identifier of RSA, 1.2.840.113549.1.1.1, and NULL. */
    private static final byte[] RSA = Base64.getDecoder().decode("MA0GCSqGSIb3DQEBAQUA");

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * @param pem PKCS#1, as GitHub hands it out, or PKCS#8
     * @throws dev.crossarm.problem.CrossarmException when it is no RSA key, or one with a password
     */
    public static AppKey of(Path file, byte[] pem) {
        Matcher block = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw CredentialProblems.keyUnusable(file, "it holds no private key in PEM form");
        }
        String kind = block.group("kind");
        String body = block.group("body");
        if (kind.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
            throw CredentialProblems.keyUnusable(file, "it is locked with a password, and nobody is there to type it");
        }
        if (!kind.equals("RSA PRIVATE KEY") && !kind.equals("PRIVATE KEY")) {
            throw CredentialProblems.keyUnusable(file, "it holds " + article(kind) + ", and no RSA private key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            byte[] pkcs8 = kind.startsWith("RSA") ? wrapped(der) : der;
            return new AppKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            // Without the cause: what it says may quote the key.
            throw CredentialProblems.keyUnusable(file, "it is damaged, or no RSA key");
        }
    }

    private static String article(String kind) {
        return (kind.startsWith("E") ? "an " : "a ") + kind;
    }

    /** RFC 5208, PrivateKeyInfo: version, algorithm, and the key of RFC 8017 as an octet string. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] version = {2, 1, 0};
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(version);
        inner.writeBytes(RSA);
        inner.writeBytes(element(4, pkcs1));
        return element(0x30, inner.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /**
     * A JSON Web Token (RFC 7519) with which the App shows itself for the next minutes.
     *
     * @param now by GitHub's clock
     */
    public String signed(String app, Instant now) {
        String issuer = app.replace("\\", "\\\\").replace("\"", "\\\"");
        String head = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = encoded("{\"iat\":" + now.minus(BACK).getEpochSecond() + ",\"exp\":"
                + now.plus(LIFE).getEpochSecond() + ",\"iss\":\"" + issuer + "\"}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return head + "." + claims + "." + encoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime signs with RSA", impossible);
        }
    }

    private static String encoded(String text) {
        return encoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Base64.Encoder encoder() {
        return Base64.getUrlEncoder().withoutPadding();
    }

    @Override
    public String toString() {
        return "***";
    }
}
