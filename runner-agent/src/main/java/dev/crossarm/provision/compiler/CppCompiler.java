package dev.crossarm.provision.compiler;

import dev.crossarm.target.Compiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The compiler for musl with C++ added. C is compiled as by {@link MuslCompiler}. C++ goes to the clang inside zig, with
 * the libc++ that {@link CppStep} has put in place, and is linked by the distribution's linker like everything else.
 *
 * <p>clang is called as clang and not through zig's own driver: it then takes options as clang and the cc crate mean
 * them, the vendor in {@code --target} included, adds no sanitizer, and needs no cache. Its configuration file is read
 * before the command line, so the caller's options win, and what it holds is never reported as unused.
 *
 * <p>Crates name the standard library to cargo as {@code stdc++} or {@code c++}. Both are linker scripts that draw in
 * libc++ with the unwinder and libc in one group, because each needs the others and comes last on the line. The linker
 * is the distribution's gcc told of the folder they lie in.
 */
final class CppCompiler {

    /**
     * How libc++ was configured, which zig's copy of it expects on the command line in place of a generated header
     * (zig, src/libs/libcxx.zig). The same for the library and for everything compiled against it.
     */
    static final List<String> DEFINES = List.of(
            "_LIBCPP_ABI_VERSION=1",
            "_LIBCPP_ABI_NAMESPACE=__1",
            "_LIBCPP_HAS_THREADS=1",
            "_LIBCPP_HAS_MONOTONIC_CLOCK=1",
            "_LIBCPP_HAS_TERMINAL=1",
            "_LIBCPP_HAS_MUSL_LIBC=1",
            "_LIBCXXABI_DISABLE_VISIBILITY_ANNOTATIONS",
            "_LIBCPP_DISABLE_VISIBILITY_ANNOTATIONS",
            "_LIBCPP_HAS_VENDOR_AVAILABILITY_ANNOTATIONS=0",
            "_LIBCPP_HAS_FILESYSTEM=1",
            "_LIBCPP_HAS_RANDOM_DEVICE=1",
            "_LIBCPP_HAS_LOCALIZATION=1",
            "_LIBCPP_HAS_UNICODE=1",
            "_LIBCPP_HAS_WIDE_CHARACTERS=1",
            "_LIBCPP_HAS_NO_STD_MODULES",
            "_LIBCPP_HAS_TIME_ZONE_DATABASE=1",
            "_LIBCPP_PSTL_BACKEND_SERIAL",
            "_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_NONE",
            "_LIBCPP_ASSERTION_SEMANTIC_DEFAULT=_LIBCPP_ASSERTION_SEMANTIC_IGNORE");

    /** Names by which build scripts ask for the standard library, or for a part of it. */
    private static final List<String> LIBRARIES = List.of("stdc++", "c++", "supc++", "c++abi", "stdc++fs");

    private static final String LIBRARY = """
            /* Written by crossarm. */
            GROUP ( {cpp}/lib/libc++.a {cpp}/lib/libc++abi.a -lunwind -lc {cpp}/lib/libgcc.a )
            """;

    /** Where clang looks for start files; the names it has for them, to Rust's. */
    private static final Map<String, String> START_FILES = CompilerKind.inOrder(
            List.of("crt1.o", "crt1.o"),
            List.of("rcrt1.o", "rcrt1.o"),
            List.of("crti.o", "crti.o"),
            List.of("crtn.o", "crtn.o"),
            List.of("crtbegin.o", "crtbegin.o"),
            List.of("crtbeginT.o", "crtbegin.o"),
            List.of("crtbeginS.o", "crtbeginS.o"),
            List.of("crtend.o", "crtend.o"),
            List.of("crtendS.o", "crtendS.o"),
            List.of("libc.a", "libc.a"),
            List.of("libunwind.a", "libunwind.a"));

    private static final String CONFIGURATION = """
            # Written by crossarm, which puts it back when it is changed. Read by clang before its command line.
            --target={triple}
            --sysroot={kind}/no-root
            -resource-dir={cpp}/clang
            -nostdlibinc
            -stdlib++-isystem
            {cpp}/include
            -idirafter
            {kind}/include
            -idirafter
            {musl}/include
            -idirafter
            {musl}/kernel
            -stdlib=libc++
            -rtlib=libgcc
            --ld-path={tools}/{gnu}-ld
            -B{kind}/start
            -L{kind}/start
            -L{kind}/lib
            -static
            """;

    private static final String COMPILER = """
            #!/bin/sh
            # Written by crossarm, which puts it back when it is changed.
            if [ ! -x '{cpp}/zig' ]; then
              echo "crossarm: {cpp}/zig is missing; as root: crossarm provision --cpp" >&2
              exit 127
            fi
            %sexec '{cpp}/zig' clang --driver-mode=g++ --config='{kind}/c++.cfg' "$@"
            """.formatted(MuslCompiler.SHARED);

    /** C++ comes to the C compiler too, from crates and makefiles that leave it to the name of the file. */
    private static final String TAKES_CXX = """
            for word in "$@"; do
              case $word in
                c++ | c++-* | -xc++*) ;;
                -*) continue ;;
                *.cc | *.cpp | *.cxx | *.c++ | *.C | *.CPP | *.cp | *.ii) ;;
                *) continue ;;
              esac
              exec '{kind}/{short}-g++' --driver-mode=%s "$@"
            done
            """;

    static final CompilerKind KIND = new CompilerKind(
            Compiler.CPP,
            5,
            files(),
            MuslCompiler.KIND.variables(),
            MuslCompiler.KIND.links(),
            MuslCompiler.KIND.linker());

    private CppCompiler() {}

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        MuslCompiler.KIND.files().forEach((name, text) -> {
            if (!name.startsWith("no-c++/")) {
                files.put(name, text);
            }
        });
        files.put("{short}-g++", COMPILER);
        for (String name : List.of("gcc", "cpp")) {
            files.put("{short}-" + name, MuslCompiler.compiler(name, TAKES_CXX.formatted(name)));
        }
        files.put("c++.cfg", CONFIGURATION + String.join("\n", defineOptions()) + "\n");
        for (String library : LIBRARIES) {
            files.put("lib/lib" + library + ".a", LIBRARY);
        }
        files.put("lib/libgcc.a", "/* Written by crossarm. */\nINPUT ( {cpp}/lib/libgcc.a )\n");
        START_FILES.forEach((name, rust) ->
                files.put("start/" + name, "/* Written by crossarm. */\nINPUT ( {rust}/" + rust + " )\n"));
        return files;
    }

    /** {@link #DEFINES} as a compiler takes them. */
    static List<String> defineOptions() {
        List<String> options = new ArrayList<>();
        DEFINES.forEach(define -> options.add("-D" + define));
        return options;
    }
}
