package dev.crossarm.config;

/**
 * Where a setting's value came from.
 *
 * @param kind which of the sources
 * @param place the option, the variable, or {@code file:line:column}; empty for a default
 */
public record Origin(Kind kind, String place) {

    /** The sources, the one that wins first. */
    public enum Kind {
        FLAG,
        ENVIRONMENT,
        FILE,
        DEFAULT
    }

    static final Origin BUILT_IN = new Origin(Kind.DEFAULT, "");

    /** For people: {@code --channel}, {@code CROSSARM_TARGET}, {@code /etc/crossarm/config.toml:3:1}, {@code default}. */
    @Override
    public String toString() {
        return kind == Kind.DEFAULT ? "default" : place;
    }
}
