package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.VersionRange;
import java.util.List;
import java.util.Optional;

/**
 * Something known about a crate, one line of {@code crates.tsv}.
 *
 * @param crate its name in the registry
 * @param versions the versions of which it holds, as {@link VersionRange} reads them
 * @param kind what it is that is known
 * @param certain whether it holds whenever the crate is built, and not only with some feature or on some way through its
 *     build script
 * @param feature the feature with which it holds; absent for all
 * @param unless variables that say where it is to be had from; with one of them set the fact does not hold
 * @param says for people, one sentence
 * @param source where the fact is from
 */
record CrateFact(
        String crate,
        String versions,
        Kind kind,
        boolean certain,
        Optional<String> feature,
        List<String> unless,
        String says,
        String source) {

    /** What may be known about a crate. */
    enum Kind {
        C("a C compiler"),
        CPP("C++"),
        CMAKE("CMake"),
        LIBCLANG("libclang"),
        PROTOC("protoc"),
        NASM("NASM"),
        PERL("Perl"),
        MAKE("make"),
        GO("Go"),
        /** There is no build of it for musl. */
        NO_MUSL("a build for musl"),
        /** A version with a fault that others do not have. */
        KNOWN_BAD("another version");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** A line of the file: name, versions, kind, variables, what it says, source; parted by tabs. */
    static CrateFact parse(String line) {
        List<String> columns = List.of(line.split("\t", -1));
        if (columns.size() != 6 || columns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("not six columns: " + line);
        }
        String kind = columns.get(2);
        int at = kind.indexOf('@');
        Optional<String> feature = at < 0 ? Optional.empty() : Optional.of(kind.substring(at + 1));
        String word = at < 0 ? kind : kind.substring(0, at);
        boolean certain = !word.endsWith("?");
        String name = (certain ? word : word.substring(0, word.length() - 1))
                .toUpperCase(java.util.Locale.ROOT)
                .replace('-', '_');
        return new CrateFact(
                columns.get(0),
                columns.get(1),
                Kind.valueOf(name),
                certain,
                feature,
                columns.get(3).equals("-") ? List.of() : List.of(columns.get(3).split(",", -1)),
                columns.get(4),
                columns.get(5));
    }

    /** Whether it is about this version. */
    boolean holdsFor(String version) {
        return VersionRange.holds(versions, version);
    }
}
