package dev.crossarm.elf;

/** What a file is for, found out from its type, interpreter and dynamic section together. */
public enum ElfKind {
    STATIC("static", "static program at a fixed address"),
    STATIC_PIE("static-pie", "static program, position-independent"),
    DYNAMIC("dynamic", "dynamically linked program at a fixed address"),
    DYNAMIC_PIE("dynamic-pie", "dynamically linked program, position-independent"),
    LIBRARY("library", "shared library"),
    RELOCATABLE("relocatable", "object file, not linked"),
    CORE("core", "memory image of a process"),
    OTHER("other", "of a type of its own");

    private final String word;
    private final String description;

    ElfKind(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** The word in JSON. */
    public String word() {
        return word;
    }

    /** A few words for people. */
    public String description() {
        return description;
    }
}
