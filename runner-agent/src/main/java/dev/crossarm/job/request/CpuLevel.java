package dev.crossarm.job.request;

import java.util.Arrays;
import java.util.Optional;

/**
 * A level of the x86-64 psABI, which is also what rustc calls the processor. The processors of qemu are the ones that have
 * what the level asks for and not the next one's vector instructions: an instruction too new ends the program.
 */
public enum CpuLevel {
    V1("x86-64", "qemu64"),
    V2("x86-64-v2", "Nehalem"),
    V3("x86-64-v3", "Haswell"),
    /** qemu's own translator knows no AVX-512, so no processor of it has this level. */
    V4("x86-64-v4", "");

    private final String word;
    private final String processor;

    CpuLevel(String word, String processor) {
        this.word = word;
        this.processor = processor;
    }

    /** As the psABI, the command line and rustc's {@code -C target-cpu} write it. */
    public String word() {
        return word;
    }

    /** For {@code qemu-x86_64 -cpu}; nothing where qemu has none. */
    public Optional<String> processor() {
        return Optional.of(processor).filter(name -> !name.isEmpty());
    }

    /** The level of this word. */
    public static Optional<CpuLevel> byWord(String word) {
        return Arrays.stream(values()).filter(level -> level.word.equals(word)).findFirst();
    }
}
