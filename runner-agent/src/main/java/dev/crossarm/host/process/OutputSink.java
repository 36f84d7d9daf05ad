package dev.crossarm.host.process;

/**
 * Takes what a child writes, as it comes and cut anywhere. What the child wrote to standard output before it wrote to
 * standard error nearly always comes first.
 */
public interface OutputSink {

    /** Bytes of standard output; the array is the sink's own. */
    void out(byte[] bytes);

    /** Bytes of standard error; the array is the sink's own. */
    void err(byte[] bytes);
}
