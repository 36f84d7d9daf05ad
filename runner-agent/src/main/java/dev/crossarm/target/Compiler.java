package dev.crossarm.target;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way to compile the C in crates, as it is chosen. What each consists of is another matter, and data of its own. */
public enum Compiler {
    /** The distribution's cross gcc with musl's headers and libc. */
    MUSL("musl"),
    /** That, and C++ with its standard library. */
    CPP("cpp"),
    /** The same gcc with glibc's headers. */
    GNU("gnu");

    private final String word;

    Compiler(String word) {
        this.word = word;
    }

    /** The word in the configuration. */
    public String word() {
        return word;
    }

    /** Whether it compiles against musl's headers. */
    public boolean needsSysroot() {
        return this != GNU;
    }

    /** Whether it brings a C++ compiler and library of its own. */
    public boolean needsCpp() {
        return this == CPP;
    }

    /** The compiler of this word in the configuration. */
    public static Optional<Compiler> byWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** Every word, the default first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Compiler::word).toList();
    }
}
