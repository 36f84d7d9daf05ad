package dev.crossarm.plan;

/** Where a change in the making tells how it gets on. May be called from any thread. */
public interface Progress {

    /** Tells nobody. */
    Progress NONE = new Progress() {
        @Override
        public void line(String text) {}

        @Override
        public void waiting(String reason) {}
    };

    /** A line of a child's output, or a note of our own; shown live, last one wins. */
    void line(String text);

    /** The change cannot go on yet, for example {@code apt is locked by unattended-upgr (pid 812)}. */
    void waiting(String reason);
}
