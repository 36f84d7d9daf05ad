package dev.crossarm.github;

import dev.crossarm.github.credential.CredentialSource;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A key of an App, in each form that such a file may have. */
final class TestKeys {
    static final KeyPair PAIR = pair();

    private TestKeys() {}

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pkcs8() {
        return pem("PRIVATE KEY", PAIR.getPrivate().getEncoded());
    }

    /** As GitHub hands it out: what stands behind the 26 bytes that PKCS#8 puts in front of a key of this size. */
    static String pkcs1() {
        byte[] wrapped = PAIR.getPrivate().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(wrapped, 26, wrapped.length));
    }

    static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    static GitHubAccess app(TestGitHub github, RunnerScope scope) {
        return github.access(
                github.address(scope),
                new CredentialSource.App("123", github.secret("app.pem", pkcs1())),
                github.noPace());
    }
}
