package dev.crossarm.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MaskTest {
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9." + "aB3-_x".repeat(60) + "." + "Zz09-_".repeat(20);

    @Test
    void hides_the_account_in_an_address_wherever_it_is() {
        for (String address : List.of(
                "https://ada:s3cret@mirror.example/rust",
                "deb [signed-by=/x] http://ada:s3cret@mirror.example/debian trixie main",
                "http_proxy=http://ada:s3cret@proxy:3128, https_proxy=http://ada:s3cret@proxy:3128",
                "{\"server\":\"https://ada:s3cret@mirror.example\"}",
                "sparse+https://s3cret@index.example/ is asked",
                "https://ada:s3cret@with-an-at-sign-s3cret@mirror.example/")) {
            assertThat(Mask.FORMS.over(address)).contains("://***@").doesNotContain("s3cret", "ada");
        }
        assertThat(Mask.FORMS.over("mail ada@example.org, see https://example.org/@ada and ssh://git@host/x"))
                .isEqualTo("mail ada@example.org, see https://example.org/@ada and ssh://git@host/x");
    }

    @Test
    @Timeout(30)
    void takes_no_longer_over_long_lines_than_they_are_long() {
        String line = "x".repeat(2_000_000);

        assertThat(Mask.FORMS.over(line + "://u:p@h" + "gh".repeat(1_000_000)))
                .endsWith("://***@hgh" + "gh".repeat(999_999));
        assertThat(JobLog.harmless(" ".repeat(1_000_000) + "\n".repeat(1_000_000) + "::x"))
                .endsWith("\n\\::x");
    }

    @Test
    void hides_github_s_tokens_of_every_kind() {
        for (String token : List.of(
                "ghp_" + "a1B2".repeat(9),
                "gho_" + "a1B2".repeat(9),
                "ghs_" + "a1B2".repeat(9),
                "github_pat_" + "11ABCDEFG0_" + "a1B2".repeat(15),
                "ghs_123456_" + JWT)) {
            assertThat(Mask.FORMS.over("bearer " + token + "\" sent")).isEqualTo("bearer ***\" sent");
            assertThat(token.length()).isLessThanOrEqualTo(Mask.FORMS.longest());
        }
        assertThat(Mask.FORMS.over("ghp_short highs_and_lows ghs_")).isEqualTo("ghp_short highs_and_lows ghs_");
    }

    @Test
    void hides_what_an_app_signs_and_what_a_runner_is_configured_with() {
        String payload = "eyJpYXQiOjE3NjQ1MDAwMDAsImV4cCI6MTc2NDUwMDU0MCwiaXNzIjoiMTIzIn0";
        String signed = "eyJhbGciOiJSUzI1NiJ9." + payload + "." + "aB3-_x".repeat(57);
        String configuration =
                Base64.getEncoder().encodeToString(("{\".runner\":\"" + "e30=".repeat(1000) + "\"}").getBytes(UTF_8));

        assertThat(Mask.FORMS.over("Bearer " + signed + ", " + configuration + "."))
                .isEqualTo("Bearer ***, ***.");
        assertThat(configuration.length()).isLessThanOrEqualTo(Mask.FORMS.longest());
        assertThat(Mask.FORMS.over("eyebrow eyJa.b.c eyIuc2hvcnQ=")).isEqualTo("eyebrow eyJa.b.c eyIuc2hvcnQ=");
    }

    @Test
    void hides_what_comes_to_be_known_later_and_forgets_the_oldest() {
        SecretRegister register = new SecretRegister();
        Mask mask = Mask.of(Map.of("MY_TOKEN", "hunter2")).watching(register);
        assertThat(mask.over("AABF3JGZDX3P5PMEXLND6TS6FCWO6 hunter2")).isEqualTo("AABF3JGZDX3P5PMEXLND6TS6FCWO6 ***");

        register.add(Secret.of("AABF3JGZDX3P5PMEXLND6TS6FCWO6"));
        register.add(Secret.of("two-lines\nof-a-secret"));
        assertThat(mask.over("AABF3JGZDX3P5PMEXLND6TS6FCWO6 hunter2, of-a-secret"))
                .isEqualTo("*** ***, ***");

        for (int i = 0; i < 500; i++) {
            register.add(Secret.of("token-number-" + i));
        }
        assertThat(mask.over("token-number-499 AABF3JGZDX3P5PMEXLND6TS6FCWO6"))
                .isEqualTo("*** AABF3JGZDX3P5PMEXLND6TS6FCWO6");
    }

    @Test
    void takes_a_variable_for_a_secret_by_the_last_word_of_its_name() {
        for (String name : List.of(
                "GITHUB_TOKEN",
                "NPM_TOKEN",
                "DB_PASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "client_secret",
                "API_KEY",
                "AUTH")) {
            assertThat(Mask.namesSecret(name)).as(name).isTrue();
        }
        for (String name : List.of(
                "GIT_AUTHOR_NAME",
                "GITHUB_ACTOR",
                "SSH_AUTH_SOCK",
                "TOKENIZERS_PARALLELISM",
                "KEYBOARD",
                "MONKEY",
                "SECRETARY",
                "CACHE_KEY",
                "PATH")) {
            assertThat(Mask.namesSecret(name)).as(name).isFalse();
        }
        Mask mask = Mask.of(Map.of(
                "GIT_AUTHOR_NAME",
                "Ada Lovelace",
                "MY_TOKEN",
                "hunter2",
                "PIN_SECRET",
                "1234",
                "SIGN_KEY",
                "/etc/key"));

        assertThat(mask.over("Ada Lovelace has hunter2, 1234 and /etc/key"))
                .isEqualTo("Ada Lovelace has ***, 1234 and /etc/key");
    }

    @Test
    void leaves_what_is_read_as_it_is_but_for_secrets_that_were_named() {
        Mask mask = Mask.of(
                Set.of(Secret.of("named-secret")),
                Map.of("MODE_SECRET", "production", "https_proxy", "http://me:pass-word@proxy:1"));

        assertThat(mask.overKnown("production named-secret https://u:p@h pass-word"))
                .isEqualTo("production *** https://u:p@h ***");
        assertThat(mask.over("production named-secret https://u:p@h pass-word")).isEqualTo("*** *** https://***@h ***");
    }
}
