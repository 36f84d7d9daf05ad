package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyRulesTest {
    private static final URI SECURE = URI.create("https://static.example.org/a");

    @Test
    void prefers_the_scheme_and_small_letters() {
        assertThat(shown(Map.of("https_proxy", "http://a:1", "HTTPS_PROXY", "http://b:2", "all_proxy", "http://c:3")))
                .isEqualTo("https_proxy=a:1");
        assertThat(shown(Map.of("HTTPS_PROXY", "b:2", "all_proxy", "http://c:3")))
                .isEqualTo("HTTPS_PROXY=b:2");
        assertThat(shown(Map.of("https_proxy", "", "ALL_PROXY", "http://c"))).isEqualTo("ALL_PROXY=c:1080");
        assertThat(shown(Map.of("http_proxy", "http://a:1"))).isEqualTo("none");
    }

    @Test
    void knows_socks_proxies() {
        assertThat(new ProxyRules(Map.of("all_proxy", "socks5h://s:1080")).forAddress(SECURE))
                .hasValueSatisfying(choice -> assertThat(choice.proxy().type()).isEqualTo(Proxy.Type.SOCKS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | https://static.example.org/ | true",
                "example.org | https://static.example.org/ | true",
                ".example.org | https://static.example.org/ | true",
                "*.example.org | https://static.example.org/ | true",
                "EXAMPLE.ORG | https://Static.Example.Org/ | true",
                "example.org | https://notexample.org/ | false",
                "other.org example.org | https://example.org/ | true",
                "example.org:443 | https://example.org/ | true",
                "example.org:8443 | https://example.org/ | false",
                "10.0.0.0/8 | https://10.1.2.3/ | true",
                "10.0.0.0/8 | https://11.1.2.3/ | false",
                "10.0.0.0/40 | https://10.1.2.3/ | false",
                "example.org/8 | https://10.1.2.3/ | false",
                "::1 | https://[::1]/ | true",
                "[::1]:443 | https://[::1]/ | true",
                "fd00::/8 | https://[fd12::1]/ | true",
                "' , ' | https://example.org/ | false",
            })
    void understands_exceptions(String exceptions, String address, boolean direct) {
        ProxyRules rules = new ProxyRules(Map.of("all_proxy", "http://p:1", "no_proxy", exceptions));

        assertThat(rules.forAddress(URI.create(address)).isEmpty()).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://me:pa55@", "https://me:pa55@proxy:1", "http://me:pa55@pro xy:1", "http://me:pa55@:1"})
    void names_the_variable_but_not_the_password_when_it_cannot_be_used(String value) {
        Problem problem = problem(() -> new ProxyRules(Map.of("https_proxy", value)).forAddress(SECURE));

        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem.summary()).contains("https_proxy");
        assertThat(problem.toString()).doesNotContain("pa55");
    }

    private static String shown(Map<String, String> environment) {
        return new ProxyRules(environment)
                .forAddress(SECURE)
                .map(ProxyRules.Choice::toString)
                .orElse("none");
    }
}
