package dev.crossarm.github;

import java.util.Map;
import java.util.Optional;

/** Where the authorizations of calls come from. For many threads. */
interface Credential {

    /** A good one for the next minutes, fetched or renewed where needed. */
    Answer<Authorization> current();

    /**
     * GitHub refused this one: another is fetched the next time.
     *
     * @return whether another may be had at once
     */
    boolean refused(Authorization authorization);

    /** What it is, in a few words and without a secret. */
    String shown();

    /** The rights it is known to have, by their names in the interface; empty where no read tells. */
    default Answer<Optional<Map<String, String>>> rights() {
        return Answer.of(Optional.empty());
    }
}
