package dev.crossarm.download;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy variables as curl(1) reads them: {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and
 * {@code no_proxy}, small letters before capitals. OkHttp does not read them by itself.
 */
final class ProxyRules {
    private static final int USUAL_HTTP_PORT = 1080;

    private final Map<String, String> environment;

    ProxyRules(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * A proxy to use.
     *
     * @param variable the variable that names it
     * @param proxy kind, host and port; the host is not resolved
     * @param user empty for none
     * @param password not to be shown
     */
    record Choice(String variable, Proxy proxy, String user, String password) {
        String shown() {
            return variable + "=" + ((InetSocketAddress) proxy.address()).getHostString() + ":"
                    + ((InetSocketAddress) proxy.address()).getPort();
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /** Empty for a direct connection. A proxy address that cannot be used is a problem (78) that names its variable. */
    Optional<Choice> forAddress(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost());
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        if (excepted(host, port)) {
            return Optional.empty();
        }
        return Stream.of(scheme + "_proxy", "all_proxy")
                .flatMap(this::names)
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> parse(name, environment.getOrDefault(name, "").strip()));
    }

    private Stream<String> names(String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT));
    }

    private boolean excepted(String host, int port) {
        String plain = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        return names("no_proxy")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(list -> !list.isBlank())
                .findFirst()
                .stream()
                .flatMap(list -> Stream.of(list.split("[,\\s]+", -1)))
                .filter(rule -> !rule.isEmpty())
                .anyMatch(rule -> NoProxyRule.matches(rule.toLowerCase(Locale.ROOT), plain, port));
    }

    private static Choice parse(String variable, String value) {
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            String scheme = proxy.getScheme().toLowerCase(Locale.ROOT);
            if (proxy.getHost() == null) {
                throw unusable(variable, "it has no host");
            }
            Proxy.Type type;
            if (scheme.equals("http")) {
                type = Proxy.Type.HTTP;
            } else if (scheme.startsWith("socks")) {
                type = Proxy.Type.SOCKS;
            } else {
                throw unusable(variable, "proxies of kind " + scheme + " are not supported");
            }
            int port = proxy.getPort() >= 0 ? proxy.getPort() : USUAL_HTTP_PORT;
            String[] account = String.valueOf(proxy.getRawUserInfo()).split(":", 2);
            boolean named = proxy.getRawUserInfo() != null;
            return new Choice(
                    variable,
                    new Proxy(type, InetSocketAddress.createUnresolved(proxy.getHost(), port)),
                    named ? decoded(account[0]) : "",
                    named && account.length > 1 ? decoded(account[1]) : "");
        } catch (IllegalArgumentException malformed) {
            // The cause would show the value, and with it a password.
            throw unusable(variable, "it is not an address");
        }
    }

    private static RuntimeException unusable(String variable, String why) {
        return new Problem(
                        "proxy-not-usable",
                        "the proxy in " + variable + " cannot be used: " + why,
                        "",
                        java.util.List.of("Give it as http://host:port, for example: export " + variable
                                + "=http://proxy.example:3128"),
                        ExitStatus.CONFIGURATION)
                .asException();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
