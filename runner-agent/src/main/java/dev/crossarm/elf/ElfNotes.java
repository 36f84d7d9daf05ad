package dev.crossarm.elf;

import java.util.Optional;

/**
 * What the notes say.
 *
 * @param buildId in hexadecimal
 * @param abiTag the oldest kernel the start files ask for, for example {@code Linux 3.2.0}; glibc's start files carry
 *     this note, musl's do not
 * @param cpuLevel the x86-64 level the file declares to need ({@code x86-64-v3}); absent when it is not marked, which says
 *     nothing about the instructions inside
 */
public record ElfNotes(Optional<String> buildId, Optional<String> abiTag, Optional<String> cpuLevel) {
    static final ElfNotes NONE = new ElfNotes(Optional.empty(), Optional.empty(), Optional.empty());
}
