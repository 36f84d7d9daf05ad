package dev.crossarm.config;

/**
 * One thing wrong in the configuration.
 *
 * @param origin what it was read from
 * @param message what is wrong, without the place; never quotes a value that may hold credentials
 */
record ConfigFault(Origin origin, String message) {

    String line() {
        return origin.place() + ": " + message;
    }
}
