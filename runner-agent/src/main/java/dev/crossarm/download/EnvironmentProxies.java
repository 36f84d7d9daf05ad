package dev.crossarm.download;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** {@link ProxyRules} as OkHttp asks for them: which proxy, and the account it wants to see. */
final class EnvironmentProxies extends ProxySelector implements Authenticator {
    private static final String ACCOUNT = "Proxy-Authorization";

    private final ProxyRules rules;

    EnvironmentProxies(ProxyRules rules) {
        this.rules = rules;
    }

    @Override
    public List<Proxy> select(URI address) {
        return List.of(rules.forAddress(address).map(ProxyRules.Choice::proxy).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException error) {
        // There is no other proxy to turn to; the error itself is reported.
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) {
        Optional<ProxyRules.Choice> proxy =
                rules.forAddress(response.request().url().uri());
        boolean refused = response.request().header(ACCOUNT) != null;
        if (refused || proxy.isEmpty() || proxy.get().user().isEmpty()) {
            return null;
        }
        return response.request()
                .newBuilder()
                .header(
                        ACCOUNT,
                        Credentials.basic(proxy.get().user(), proxy.get().password()))
                .build();
    }
}
