package dev.crossarm.provision.compiler;

import dev.crossarm.target.Compiler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way to compile C (and C++) for a target: which files make up the compiler, and which variables and names lead to
 * it. Data: another kind is another constant, the steps and the environment stay as they are. Names and contents are
 * templates over {@link CompilerPlace#values}.
 *
 * @param compiler what it is chosen by
 * @param version counts up with every change of {@code files}; part of the directory's name, because compile caches look
 *     at the compiler's path and at times at nothing else
 * @param files what is written into the kind's own directory, by name; what begins with {@code #!} is made executable
 * @param variables {@code CC}, {@code CXX}, {@code AR}, {@code RANLIB} and the like, without the target; to values
 * @param links names in the folder that stands first on a job's PATH; to paths
 * @param linker what cargo links with where that is not the distribution's gcc itself
 */
public record CompilerKind(
        Compiler compiler,
        int version,
        Map<String, String> files,
        Map<String, String> variables,
        Map<String, String> links,
        Optional<String> linker) {

    /**
     * The distribution's cross compiler with glibc's headers, made fit for musl in the one respect that every program
     * meets: Ubuntu's compilers fortify unasked, and musl has none of the {@code __*_chk} functions. Undefining it at
     * the end of the command line wins over everything, also for crates whose build scripts ignore CFLAGS.
     */
    public static final CompilerKind GNU = new CompilerKind(
            Compiler.GNU,
            1,
            inOrder(List.of("{gnu}-gcc", unfortified("gcc")), List.of("{gnu}-g++", unfortified("g++"))),
            inOrder(
                    List.of("CC", "{kind}/{gnu}-gcc"),
                    List.of("CXX", "{kind}/{gnu}-g++"),
                    List.of("AR", "{tools}/{gnu}-ar"),
                    List.of("RANLIB", "{tools}/{gnu}-ranlib")),
            // Old and new versions of the cc crate, configure scripts and makefiles look for these names on PATH.
            inOrder(
                    List.of("{short}-gcc", "{kind}/{gnu}-gcc"),
                    List.of("{short}-g++", "{kind}/{gnu}-g++"),
                    List.of("{short}-ar", "{tools}/{gnu}-ar"),
                    List.of("{short}-ranlib", "{tools}/{gnu}-ranlib")),
            Optional.empty());

    /** The same compiler with musl's own headers and libraries: see {@link MuslCompiler}. */
    public static final CompilerKind MUSL = MuslCompiler.KIND;

    /** That, and C++ with its standard library: see {@link CppCompiler}. */
    public static final CompilerKind CPP = CppCompiler.KIND;

    /** Every kind there is. */
    public static final List<CompilerKind> ALL = List.of(GNU, MUSL, CPP);

    public CompilerKind {
        if (version < 1) {
            throw new IllegalArgumentException("no version of a compiler kind: " + version);
        }
        files = copy(files);
        variables = copy(variables);
        links = copy(links);
    }

    /** The kind that a compiler is made of. */
    public static CompilerKind of(Compiler compiler) {
        return switch (compiler) {
            case MUSL -> MUSL;
            case CPP -> CPP;
            case GNU -> GNU;
        };
    }

    /** The word in the configuration. */
    public String word() {
        return compiler.word();
    }

    /** Whether it compiles against musl's headers, which {@link MuslSysrootStep} then puts in place. */
    boolean needsSysroot() {
        return compiler.needsSysroot();
    }

    /** Whether it stands on the C++ library and compiler that {@link CppStep} then puts in place. */
    boolean needsCpp() {
        return compiler.needsCpp();
    }

    /** The name of the kind's own directory. */
    String directory() {
        return word() + "-" + version;
    }

    /** The distribution may come without a C++ compiler: whoever needs it must read more than "not found". */
    private static String unfortified(String compiler) {
        return """
                #!/bin/sh
                # Written by crossarm, which puts it back when it is changed.
                compiler='{tools}/{gnu}-%1$s'
                if [ ! -x "$compiler" ]; then
                  echo "crossarm: $compiler is not installed; as root: apt-get install %1$s-{package}" >&2
                  exit 127
                fi
                exec "$compiler" "$@" -U_FORTIFY_SOURCE
                """.formatted(compiler);
    }

    @SafeVarargs
    static Map<String, String> inOrder(List<String>... entries) {
        Map<String, String> map = new LinkedHashMap<>();
        for (List<String> entry : entries) {
            map.put(entry.get(0), entry.get(1));
        }
        return map;
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
