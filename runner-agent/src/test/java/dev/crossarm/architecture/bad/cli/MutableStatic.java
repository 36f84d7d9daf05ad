package dev.crossarm.architecture.bad.cli;

/** Bad on purpose. */
public final class MutableStatic {
    static int count;
}
