package dev.crossarm.elf;

import java.util.List;

/**
 * What the symbol tables and sections show.
 *
 * @param sectioned whether the file has section headers
 * @param stripped whether it has no static symbol table
 * @param debugInfo whether it holds debug information
 * @param glibcNames names found that are glibc's, sorted
 * @param complete false when a table was too large to be looked through to its end
 */
public record SymbolFacts(
        boolean sectioned, boolean stripped, boolean debugInfo, List<String> glibcNames, boolean complete) {
    public SymbolFacts {
        glibcNames = List.copyOf(glibcNames);
    }
}
