package dev.crossarm.job.cache;

/**
 * What the persistent target directory did for a build.
 *
 * @param kind what was found
 * @param detail one line for people, for example where it lies and its size; may be empty
 */
public record CacheState(Kind kind, String detail) {

    /** The build used no persistent target directory. */
    public static final CacheState OFF = new CacheState(Kind.OFF, "");

    /** What was found. */
    public enum Kind {
        OFF,
        /** Nothing was there for this repository. */
        COLD,
        /** An earlier build's files were there. */
        WARM;

        /** The word in outputs and JSON. */
        public String word() {
            return switch (this) {
                case OFF -> "off";
                case COLD -> "cold";
                case WARM -> "warm";
            };
        }
    }
}
