package dev.crossarm.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** Calls with a credential: signed, once more with a new token where the old one was refused, page after page. */
final class ApiClient {
    /** A hundred thousand entries. */
    private static final int MOST_PAGES = 1000;

    private final GitHubAddress address;
    private final Wire wire;
    private final Credential credential;

    ApiClient(GitHubAddress address, Wire wire, Credential credential) {
        this.address = address;
        this.wire = wire;
        this.credential = credential;
    }

    GitHubAddress address() {
        return address;
    }

    Credential credential() {
        return credential;
    }

    CallProblems problems() {
        return wire.problems();
    }

    Answer<ApiReply> send(ApiCall call) {
        return credential.current().then(first -> {
            Answer<ApiReply> answer = wire.exchange(call, first);
            // Who is refused has changed nothing, so that a write may be sent with another token.
            boolean again = answer.failedAs(Failure.Kind.UNAUTHORISED) && credential.refused(first);
            return again ? credential.current().then(second -> wire.exchange(call, second)) : answer;
        });
    }

    <T> Answer<T> read(ApiCall call, Function<Fields, T> reading) {
        return send(call).then(reply -> Fields.read(reply, call, wire.problems(), reading));
    }

    /**
     * All pages of a list. What moves from one page to the next meanwhile is there once.
     *
     * @param key what an entry is known by
     */
    <T> Answer<List<T>> pages(ApiCall call, String list, Function<Fields, T> reading, Function<T, Object> key) {
        Map<Object, T> all = new LinkedHashMap<>();
        ApiCall next = call.at(
                call.url().newBuilder().setQueryParameter("per_page", "100").build());
        for (int page = 0; page < MOST_PAGES; page++) {
            ApiCall asked = next;
            Answer<ApiReply> answer = send(asked);
            Answer<List<T>> entries = answer.then(
                    reply -> Fields.read(reply, asked, wire.problems(), fields -> fields.list(list, reading)));
            if (entries.failure().isPresent()) {
                return entries;
            }
            entries.orThrow().forEach(entry -> all.put(key.apply(entry), entry));
            ApiReply reply = answer.orThrow();
            if (reply.next().isEmpty()) {
                return Answer.of(new ArrayList<>(all.values()));
            }
            HttpUrl following =
                    reply.nextUrl().filter(url -> !url.equals(asked.url())).orElse(null);
            if (following == null) {
                return Answer.failed(wire.problems().garbage(call, "a link to the next page that leads nowhere"));
            }
            next = call.at(following);
        }
        return Answer.failed(wire.problems().garbage(call, "more than " + MOST_PAGES + " pages"));
    }
}
