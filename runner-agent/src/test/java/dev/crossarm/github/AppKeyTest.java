package dev.crossarm.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.credential.AppKey;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class AppKeyTest {
    private static final Path FILE = Path.of("/etc/crossarm/app.pem");

    @Test
    void signs_with_a_key_of_either_form() throws GeneralSecurityException {
        for (String pem : List.of(TestKeys.pkcs1(), TestKeys.pkcs8(), "text before\r\n" + TestKeys.pkcs1())) {
            String[] parts = AppKey.of(FILE, pem.getBytes(UTF_8))
                    .signed("Iv1.a1b2c3d4e5f6a7b8", TestGitHub.NOON)
                    .split("\\.", -1);

            assertThat(parts).hasSize(3);
            assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
            long noon = TestGitHub.NOON.getEpochSecond();
            assertThat(decoded(parts[1]))
                    .isEqualTo("{\"iat\":" + (noon - 60) + ",\"exp\":" + (noon + 540)
                            + ",\"iss\":\"Iv1.a1b2c3d4e5f6a7b8\"}");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(TestKeys.PAIR.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    @Test
    void says_why_a_key_cannot_be_used_and_shows_nothing_of_it() throws GeneralSecurityException {
        String good = TestKeys.pkcs1();
        String body = good.substring(40, 200);
        byte[] elliptic = KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();

        expect("", "no private key in PEM form");
        expect("-----BEGIN RSA PRIVATE KEY-----\nabc", "no private key in PEM form");
        expect(TestKeys.pem("PUBLIC KEY", TestKeys.PAIR.getPublic().getEncoded()), "a PUBLIC KEY, and no RSA");
        expect(TestKeys.pem("EC PRIVATE KEY", elliptic), "an EC PRIVATE KEY, and no RSA");
        expect(TestKeys.pem("PRIVATE KEY", elliptic), "damaged, or no RSA key");
        expect(TestKeys.pem("ENCRYPTED PRIVATE KEY", elliptic), "locked with a password");
        expect(
                good.replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nM"),
                "locked with a password");
        expect(good.replace(body, ""), "damaged, or no RSA key");
        assertThat(AppKey.of(FILE, good.getBytes(UTF_8))).hasToString("***");
    }

    private static void expect(String pem, String why) {
        Problem problem = Assertions.catchThrowableOfType(
                        CrossarmException.class, () -> AppKey.of(FILE, pem.getBytes(UTF_8)))
                .problem();
        assertThat(problem.summary()).contains("/etc/crossarm/app.pem", why);
        String all = problem.toString();
        assertThat(pem.lines().filter(line -> line.length() > 20 && !line.startsWith("-----")))
                .noneMatch(all::contains);
    }
}
