package dev.crossarm.github;

import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One call of the interface.
 *
 * @param method GET, POST, PUT or DELETE
 * @param family calls that count against the same limit of GitHub's
 * @param body JSON; empty for none
 * @param doing what it is for, in words that go on after "cannot"
 * @param need the rights it takes
 * @param repeat what may be done when nobody knows whether it was carried out
 */
record ApiCall(
        String method,
        HttpUrl url,
        String family,
        Optional<String> body,
        String doing,
        RunnerScope.Need need,
        Repeat repeat) {

    enum Repeat {
        /** Twice is as good as once, or does no harm. */
        HARMLESS,
        /** A second one would leave something behind. */
        LOOK_UP_FIRST
    }

    static ApiCall get(HttpUrl url, String family, String doing, RunnerScope.Need need) {
        return new ApiCall("GET", url, family, Optional.empty(), doing, need, Repeat.HARMLESS);
    }

    static ApiCall write(String method, HttpUrl url, String family, String doing, RunnerScope.Need need) {
        return new ApiCall(method, url, family, Optional.empty(), doing, need, Repeat.HARMLESS);
    }

    ApiCall with(String json) {
        return new ApiCall(method, url, family, Optional.of(json), doing, need, repeat);
    }

    ApiCall toBeLookedUp() {
        return new ApiCall(method, url, family, body, doing, need, Repeat.LOOK_UP_FIRST);
    }

    ApiCall at(HttpUrl other) {
        return new ApiCall(method, other, family, body, doing, need, repeat);
    }

    boolean writes() {
        return !method.equals("GET");
    }
}
