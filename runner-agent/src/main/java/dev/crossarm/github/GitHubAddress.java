package dev.crossarm.github;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import dev.crossarm.text.Printable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * Where runners belong to, as one gives it to a runner's {@code config.sh}: {@code https://github.com/ORG},
 * {@code …/OWNER/REPOSITORY} or {@code …/enterprises/NAME}, on github.com, on GHE.com or on a server of one's own.
 */
public final class GitHubAddress {
    private static final String GITHUB = "github.com";
    private static final String RESIDENT = ".ghe.com";
    private static final String EXAMPLES =
            "Give https://github.com/ORGANIZATION, https://github.com/OWNER/REPOSITORY or"
                    + " https://github.com/enterprises/ENTERPRISE";

    /** Who runs it. */
    public enum Place {
        /** github.com. */
        CLOUD,
        /** GHE.com: GitHub's cloud with data residency. */
        RESIDENT,
        /** GitHub Enterprise Server. */
        SERVER
    }

    private final HttpUrl web;
    private final HttpUrl api;
    private final Place place;
    private final RunnerScope scope;

    private GitHubAddress(HttpUrl web, HttpUrl api, Place place, RunnerScope scope) {
        this.web = web;
        this.api = api;
        this.place = place;
        this.scope = scope;
    }

    /** @throws dev.crossarm.problem.CrossarmException (78) when it is no such address */
    public static GitHubAddress parse(String text) {
        String given = text.strip();
        HttpUrl url = HttpUrl.parse(given);
        if (url == null) {
            throw wrong(given, "it has to begin with https://", EXAMPLES);
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw wrong(given, "it contains an account or a token", "Leave out what stands before the @");
        }
        if (url.query() != null || url.fragment() != null) {
            throw wrong(given, "it has a ? or # in it", "Leave out everything from there on");
        }
        if (!url.isHttps() && !loopback(url.host())) {
            throw wrong(given, "a token would be sent without encryption", "Give it with https://");
        }
        Place place = place(given, url);
        HttpUrl api = api(url, place);
        return new GitHubAddress(url, api, place, scope(given, url));
    }

    /** A place that is served elsewhere than its kind says. */
    static GitHubAddress served(HttpUrl api, Place place, RunnerScope scope) {
        HttpUrl web = api.newBuilder()
                .encodedPath("/"
                        + String.join(
                                "/",
                                scope.segments().subList(1, scope.segments().size())))
                .build();
        return new GitHubAddress(web, api, place, scope);
    }

    private static Place place(String given, HttpUrl url) {
        String host = url.host();
        if (host.equals(GITHUB) || host.equals("www." + GITHUB)) {
            return Place.CLOUD;
        }
        if (host.endsWith("." + GITHUB) || host.equals("api" + RESIDENT) || host.equals("ghe.com")) {
            throw wrong(given, host + " is not where people see runners", EXAMPLES);
        }
        if (!host.endsWith(RESIDENT)) {
            return Place.SERVER;
        }
        String name = host.substring(0, host.length() - RESIDENT.length());
        if (name.contains(".")) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            throw wrong(given, host + " is not where people see runners", "Give https://" + last + RESIDENT + "/…");
        }
        return Place.RESIDENT;
    }

    private static HttpUrl api(HttpUrl url, Place place) {
        HttpUrl.Builder root = url.newBuilder().encodedPath("/");
        return switch (place) {
            case CLOUD -> root.host("api." + GITHUB).build();
            case RESIDENT -> root.host("api." + url.host()).build();
            case SERVER -> root.encodedPath("/api/v3").build();
        };
    }

    private static RunnerScope scope(String given, HttpUrl url) {
        List<String> parts =
                url.pathSegments().stream().filter(part -> !part.isEmpty()).toList();
        parts.forEach(part -> requireName(given, part));
        if (parts.isEmpty()) {
            throw wrong(given, "it names no organization, repository or enterprise", EXAMPLES);
        }
        String first = parts.get(0).toLowerCase(Locale.ROOT);
        if (first.equals("enterprises") && parts.size() == 2) {
            return new RunnerScope.Enterprise(parts.get(1));
        }
        if (first.equals("orgs") || first.equals("organizations") || first.equals("enterprises")) {
            String name = parts.size() > 1 ? parts.get(1) : "NAME";
            throw wrong(
                    given,
                    "it is a page about it and not its own address",
                    "Give "
                            + url.newBuilder()
                                    .encodedPath("/" + (first.equals("enterprises") ? "enterprises/" : "") + name)
                                    .build());
        }
        if (parts.size() == 1) {
            return new RunnerScope.Organization(parts.get(0));
        }
        if (parts.size() > 2) {
            throw wrong(
                    given,
                    "it goes on behind the repository",
                    "Give "
                            + url.newBuilder()
                                    .encodedPath("/" + parts.get(0) + "/" + parts.get(1))
                                    .build());
        }
        String name = parts.get(1);
        return new RunnerScope.Repository(
                parts.get(0), name.endsWith(".git") ? name.substring(0, name.length() - 4) : name);
    }

    private static void requireName(String given, String part) {
        if (!part.matches("[A-Za-z0-9_.-]{1,100}") || part.matches("\\.+")) {
            throw wrong(given, "it contains a name that GitHub does not allow", EXAMPLES);
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static RuntimeException wrong(String given, String why, String remedy) {
        String shown = Printable.cut(Mask.FORMS.over(Printable.line(given)), 200);
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-address",
                        "the address of the runners, " + (shown.isBlank() ? "which is empty," : shown + ",")
                                + " cannot be used: " + why,
                        remedy)
                .asException();
    }

    /** As it is given to {@code config.sh}. */
    public String web() {
        String text = web.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    public Place place() {
        return place;
    }

    public RunnerScope scope() {
        return scope;
    }

    /** The root of the interface. */
    HttpUrl api() {
        return api;
    }

    /** Where the releases of GitHub's runner are told of: a server of one's own has its own. */
    public URI runnerReleases() {
        HttpUrl from = place == Place.SERVER
                ? api
                : api.newBuilder().host("api." + GITHUB).build();
        return from.newBuilder()
                .addPathSegments("repos/actions/runner/releases")
                .build()
                .uri();
    }

    /** An address below the scope's. */
    HttpUrl below(String... segments) {
        return below(scope, segments);
    }

    /** An address below another scope's on the same host. */
    HttpUrl below(RunnerScope other, String... segments) {
        HttpUrl.Builder builder = api.newBuilder();
        other.segments().forEach(builder::addPathSegment);
        for (String segment : segments) {
            builder.addPathSegment(segment);
        }
        return builder.build();
    }

    /** Whether this is an address of the interface, which may see the credential. */
    boolean holds(HttpUrl url) {
        return url.scheme().equals(api.scheme())
                && url.host().equals(api.host())
                && url.port() == api.port()
                && (place != Place.SERVER || url.encodedPath().startsWith(api.encodedPath() + "/"));
    }

    @Override
    public String toString() {
        return web();
    }
}
