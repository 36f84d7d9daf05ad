package dev.crossarm.host.process;

/** The folders that programs are looked for in. */
public final class SearchPath {
    /** What a login shell of Debian has when nobody changes it: root's folders alone. */
    public static final String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private SearchPath() {}
}
