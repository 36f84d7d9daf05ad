package dev.crossarm.github;

import dev.crossarm.text.Secret;

/**
 * What a request is signed with.
 *
 * @param token never shown
 * @param identity whose it is and which one, to tell answers for one token from those for another; no secret
 */
record Authorization(Secret token, String identity) {
    String header() {
        return "Bearer " + token.reveal();
    }
}
