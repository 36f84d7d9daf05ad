package dev.crossarm.provision.compiler;

import dev.crossarm.target.Compiler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to compile C (and C++) for a target: which files make up the compiler, and which variables and names lead to
 * it. Data: another kind is another folder of {@link KindFolder}, the steps and the environment stay as they are. Names and
 * contents are templates over {@link CompilerPlace#values}.
 *
 * @param compiler what it is chosen by
 * @param version digest of {@code files}; part of the directory's name, because compile caches look at the compiler's
 *     path and at times at nothing else
 * @param files what is written into the kind's own directory, by name; what begins with {@code #!} is made executable
 * @param variables {@code CC}, {@code CXX}, {@code AR}, {@code RANLIB} and the like, without the target; to values
 * @param links names in the folder that stands first on a job's PATH; to paths
 * @param linker what cargo links with where that is not the distribution's gcc itself
 */
public record CompilerKind(
        Compiler compiler,
        String version,
        Map<String, String> files,
        Map<String, String> variables,
        Map<String, String> links,
        Optional<String> linker) {

    public CompilerKind {
        files = copy(files);
        variables = copy(variables);
        links = copy(links);
    }

    /** The kind that a compiler is made of. Each is read when it is first asked for: a command mostly needs one. */
    public static CompilerKind of(Compiler compiler) {
        return switch (compiler) {
            case MUSL -> Musl.KIND;
            case CPP -> Cpp.KIND;
            case GNU -> Gnu.KIND;
        };
    }

    /** Every kind there is. */
    public static List<CompilerKind> all() {
        return Stream.of(Compiler.values()).map(CompilerKind::of).toList();
    }

    /** The distribution's cross compiler with glibc's headers. */
    private static final class Gnu {
        private static final CompilerKind KIND = KindFolder.read(Compiler.GNU);
    }

    /** The same compiler with musl's own headers and libraries. */
    private static final class Musl {
        private static final CompilerKind KIND = KindFolder.read(Compiler.MUSL);
    }

    /** That, and C++ with its standard library. */
    private static final class Cpp {
        private static final CompilerKind KIND = KindFolder.read(Compiler.CPP);
    }

    /** The word in the configuration. */
    public String word() {
        return compiler.word();
    }

    /** Whether it compiles against musl's headers, which {@link MuslRecipe} then puts in place. */
    boolean needsSysroot() {
        return compiler.needsSysroot();
    }

    /** Whether it stands on the C++ library and compiler that {@link CppRecipe} then puts in place. */
    boolean needsCpp() {
        return compiler.needsCpp();
    }

    /** The name of the kind's own directory. */
    String directory() {
        return word() + "-" + version;
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
