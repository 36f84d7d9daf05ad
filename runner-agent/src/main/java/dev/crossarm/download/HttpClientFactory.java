package dev.crossarm.download;

import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Makes HTTP clients that see the network as the other programs of the host do: same proxies, same authorities. */
public final class HttpClientFactory {
    private final Map<String, String> environment;

    /** @param environment where proxies and certificate files are named */
    public HttpClientFactory(Map<String, String> environment) {
        this.environment = environment;
    }

    ProxyRules proxies() {
        return new ProxyRules(environment);
    }

    OkHttpClient client(DownloadLimits limits) {
        return builder(limits.connect(), limits.read(), limits.call())
                .addNetworkInterceptor(new Requests.Counting())
                .build();
    }

    /**
     * A client to go on from.
     *
     * @param connect until a connection stands
     * @param read longest silence of the server
     * @param call one call as a whole
     */
    public OkHttpClient.Builder builder(Duration connect, Duration read, Duration call) {
        EnvironmentProxies proxies = new EnvironmentProxies(proxies());
        X509TrustManager trusted = new TrustedAuthorities(environment).trustManager();
        return new OkHttpClient.Builder()
                .connectTimeout(connect)
                .readTimeout(read)
                .writeTimeout(read)
                .callTimeout(call)
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                .sslSocketFactory(tls(trusted).getSocketFactory(), trusted);
    }

    /** What an error of such a client means, and what fixes it. */
    public Problem failure(URI address, IOException error) {
        return DownloadProblems.network(address, error, proxies().forAddress(address));
    }

    /** A call that begins with TLS never leaves it: a redirect out of it is an answer, and is not followed. */
    static Call call(OkHttpClient client, Request.Builder builder, Requests requests) {
        Request request = builder.tag(Requests.class, requests).build();
        OkHttpClient bound = request.isHttps()
                ? client.newBuilder().followSslRedirects(false).build()
                : client;
        return bound.newCall(request);
    }

    private static SSLContext tls(X509TrustManager trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trusted}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has TLS", impossible);
        }
    }

    /** A request for just these bytes; an account in the address goes into a header, where it belongs. */
    static Request.Builder request(URI address) {
        HttpUrl url = HttpUrl.get(address);
        if (url == null) {
            throw DownloadProblems.unsupported(address).asException();
        }
        Request.Builder request = new Request.Builder()
                .url(url.newBuilder().username("").password("").build())
                .header("User-Agent", "crossarm")
                .header("Accept-Encoding", "identity");
        String account = address.getRawUserInfo();
        if (account != null) {
            String[] parts = account.split(":", 2);
            request.header(
                    "Authorization", Credentials.basic(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : ""));
        }
        return request;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
