package dev.crossarm.download;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What can go wrong with a download. Each names the address, without passwords, and what mends it. */
final class DownloadProblems {

    private DownloadProblems() {}

    /** The connection or the transfer failed. */
    static Problem network(URI address, IOException error, Optional<ProxyRules.Choice> proxy) {
        String host = String.valueOf(address.getHost());
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        String via = proxy.map(choice -> " through the proxy " + choice.shown()).orElse("");
        if (error instanceof UnknownHostException) {
            String name = message.startsWith(host.toLowerCase(Locale.ROOT)) || proxy.isEmpty() ? host : "the proxy";
            return problem(
                    "unknown-host",
                    address,
                    "the name of " + name + " cannot be resolved" + via,
                    error,
                    "getent hosts " + host,
                    proxyRemedy(proxy));
        }
        if (message.contains("authenticate with proxy")) {
            return problem("proxy-refused", address, "the proxy refused the request" + via, error, proxyRemedy(proxy));
        }
        if (error instanceof ConnectException || error instanceof NoRouteToHostException) {
            return problem(
                    "not-reachable", address, "cannot connect to it" + via, error, look(address), proxyRemedy(proxy));
        }
        if (error instanceof SocketTimeoutException || error instanceof InterruptedIOException) {
            return problem("timed-out", address, "no response in time" + via, error, look(address), proxyRemedy(proxy));
        }
        if (error instanceof SSLException insecure) {
            return tls(address, insecure, via);
        }
        if (message.contains("too many follow-up requests")) {
            return problem("redirect-loop", address, "it redirects in a loop", error, look(address));
        }
        if (error instanceof EOFException
                || (error instanceof ProtocolException && message.contains("end of stream"))) {
            return problem("truncated", address, "the connection was closed halfway" + via, error, look(address));
        }
        return problem("network-failed", address, "the transfer failed" + via, error, look(address));
    }

    private static Problem tls(URI address, SSLException error, String via) {
        if (causedBy(error, CertificateExpiredException.class)
                || causedBy(error, CertificateNotYetValidException.class)) {
            return problem(
                    "certificate-not-valid-now",
                    address,
                    "its certificate is not valid at this machine's current time" + via,
                    error,
                    "date --utc",
                    "sudo timedatectl set-ntp true");
        }
        if (error instanceof SSLPeerUnverifiedException) {
            return problem(
                    "certificate-of-another",
                    address,
                    "its certificate is for another host" + via,
                    error,
                    look(address));
        }
        if (error instanceof SSLHandshakeException && causedBy(error, java.security.cert.CertificateException.class)) {
            return problem(
                    "authority-not-trusted",
                    address,
                    "the authority that signed its certificate is not trusted" + via,
                    error,
                    "If it is signed by your own authority (a mirror, a TLS-inspecting proxy), name its certificate:"
                            + " export SSL_CERT_FILE=/path/to/authority.pem",
                    "sudo apt-get install --reinstall ca-certificates ca-certificates-java");
        }
        return problem("tls-failed", address, "no secure connection to it" + via, error, look(address));
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The server answered, but not with the file. */
    static Problem status(URI address, int status) {
        String shown = ShownAddress.of(address);
        String answer = "HTTP status " + status;
        return switch (status) {
            case 404, 410 ->
                problem(
                        ExitStatus.UNAVAILABLE,
                        "not-found",
                        shown + " does not exist",
                        answer,
                        look(address),
                        "A mirror may not have this version: check the setting that names it");
            case 401, 403 ->
                problem(ExitStatus.NO_PERMISSION, "refused", shown + " refused the request", answer, look(address));
            case 407 ->
                problem(
                        ExitStatus.UNAVAILABLE,
                        "proxy-refused",
                        "cannot fetch " + shown + ": the proxy refused the request",
                        answer,
                        proxyRemedy(Optional.empty()));
            case 429, 503 ->
                problem(
                        ExitStatus.TRY_LATER,
                        "server-busy",
                        shown + " is busy",
                        answer,
                        "Run the same command again later");
            default ->
                problem(
                        ExitStatus.UNAVAILABLE,
                        status >= 500 ? "server-failed" : "unexpected-answer",
                        shown + " answered with an error",
                        answer,
                        look(address));
        };
    }

    static Problem wrongDigest(URI address, Sha256 wanted, Sha256 found) {
        return problem(
                ExitStatus.DATA,
                "wrong-digest",
                ShownAddress.of(address) + " sent a file whose SHA-256 is wrong",
                "wanted " + wanted + "\nfound  " + found,
                "Run the same command again; if it happens again, tell the operator of the mirror or proxy");
    }

    static Problem tooLarge(URI address, long limit) {
        return problem(
                ExitStatus.DATA,
                "too-large",
                ShownAddress.of(address) + " sent more than the " + limit + " bytes allowed",
                "",
                look(address));
    }

    /** @param from the address, or one that it redirected to */
    static Problem downgraded(URI address, URI from, URI to) {
        return problem(
                ExitStatus.UNAVAILABLE,
                "redirect-to-plain-http",
                ShownAddress.of(address) + " redirects from https to plain http, which is not followed",
                ShownAddress.of(from) + " redirects to " + ShownAddress.of(to),
                look(address));
    }

    static Problem unsupported(URI address) {
        return problem(
                ExitStatus.CONFIGURATION,
                "unsupported-address",
                ShownAddress.of(address) + " is not an http or https address",
                "",
                "Give an address that begins with https:// (or http:// inside your own network)");
    }

    static Problem interrupted(URI address) {
        return problem(
                ExitStatus.TRY_LATER,
                "interrupted",
                "interrupted while downloading " + ShownAddress.of(address),
                "",
                "Run the same command again");
    }

    private static String look(URI address) {
        return "curl -fsSLI '" + ShownAddress.of(address) + "'";
    }

    private static String proxyRemedy(Optional<ProxyRules.Choice> proxy) {
        return proxy.map(choice -> "Check the proxy named in " + choice.variable() + ", or except this host: export"
                        + " no_proxy=…")
                .orElse("If the network is only reachable through a proxy: export"
                        + " https_proxy=http://proxy.example:3128");
    }

    private static Problem problem(String code, URI address, String what, IOException error, String... remedies) {
        // Type and message: some messages are nothing but a host name.
        String detail = error.getClass().getSimpleName() + ": " + error.getMessage();
        return problem(
                ExitStatus.UNAVAILABLE,
                code,
                "cannot fetch " + ShownAddress.of(address) + ": " + what,
                detail,
                remedies);
    }

    private static Problem problem(ExitStatus exit, String code, String summary, String detail, String... remedies) {
        List<String> all = new ArrayList<>(Arrays.asList(remedies));
        return new Problem(code, summary, detail, all, exit);
    }
}
