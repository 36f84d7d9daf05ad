package dev.crossarm.provision.compiler;

import dev.crossarm.target.Compiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The distribution's cross compiler made to compile against musl's headers and to link against the libc that Rust
 * brings, so that C, configure scripts and CMake see the very libc the program gets. Two things do it: a gcc specs file,
 * because only there can gcc's own header folder be named without its version, and a folder of names that libraries ask
 * the linker for and that musl answers with nothing or with something else.
 *
 * <p>C++ without a standard library is what the distributions can give here (their libstdc++ needs glibc): the compiler
 * takes C++ that includes none of its headers, and each of those headers is an error that names what is missing.
 */
final class MuslCompiler {

    /**
     * What musl has in libc itself and keeps empty archives for (musl, Makefile, EMPTY_LIB_NAMES), C++'s, and libatomic:
     * gcc's picks its functions by indirect functions, which only glibc's start-up code resolves, so that a program with
     * musl links and then crashes. Most that name it need nothing of it on this processor.
     */
    private static final List<String> EMPTY_LIBRARIES =
            List.of("m", "rt", "pthread", "crypt", "util", "xnet", "resolv", "dl", "stdc++", "supc++", "atomic");

    /** The unwinder is Rust's: gcc's wants glibc's {@code _dl_find_object}. */
    private static final List<String> UNWINDERS = List.of("gcc_s", "gcc_eh", "unwind_s");

    /** Tools that serve as they are, under the names build scripts look for. */
    private static final List<String> TOOLS = List.of(
            "as",
            "ld",
            "ar",
            "ranlib",
            "nm",
            "strip",
            "objcopy",
            "objdump",
            "readelf",
            "size",
            "strings",
            "addr2line",
            "gcc-ar",
            "gcc-nm",
            "gcc-ranlib");

    private static final String SPECS = """
            *cc1:
            + -nostdinc -isystem {kind}/include -isystem {musl}/include -isystem include%s -idirafter {musl}/kernel

            *cc1plus:
            + -idirafter {kind}/no-c++

            *link:
            -m {emulation} -nostdlib --eh-frame-hdr %{shared:-shared} %{!shared:-static %{static-pie:-pie --no-dynamic-linker -z text}} \
            %{rdynamic:-export-dynamic}

            *startfile:
            %{shared:{rust}/crti.o {rust}/crtbeginS.o; static-pie:{rust}/rcrt1.o {rust}/crti.o {rust}/crtbeginS.o; \
            :{rust}/crt1.o {rust}/crti.o {rust}/crtbegin.o}

            *endfile:
            %{shared|static-pie:{rust}/crtendS.o; :{rust}/crtend.o} {rust}/crtn.o

            *link_libgcc:
            -L{kind}/lib -L{rust} -L include/..%s

            *libgcc:
            -lunwind libgcc.a%s

            *lib:
            -lc

            *link_gcc_c_sequence:
            --start-group %G %L --end-group

            """;

    /**
     * What cargo links with: the distribution's gcc, told where the libraries of the names above lie. Else it finds
     * glibc's of that name, among them a real {@code libm.a} whose functions ask for glibc's loader.
     */
    private static final String LINKER = """
            #!/bin/sh
            # Written by crossarm, which puts it back when it is changed. Libraries of musl's names are found, not glibc's.
            exec '{tools}/{gnu}-gcc' "$@" '-L{kind}/lib'
            """;

    /**
     * In place of a header of C++'s standard library. The include ends the compiler: {@code #error} alone lets it read on,
     * and report thousands of names that are not declared.
     */
    private static final String NO_HEADER = """
            #error "<%s> belongs to the standard library of C++, which is not there for musl: \
            install it with 'crossarm provision --cpp'"
            #include "C++ for musl: crossarm provision --cpp"
            """;

    static final CompilerKind KIND =
            new CompilerKind(Compiler.MUSL, 7, files(), variables(), links(), Optional.of("{kind}/{short}-link"));

    private MuslCompiler() {}

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("{short}-gcc", compiler("gcc", ""));
        files.put("{short}-g++", compiler("g++", ""));
        files.put("{short}-cpp", compiler("cpp", ""));
        files.put("{short}-pkg-config", PACKAGE_CONFIG);
        files.put("{short}-link", LINKER);
        for (String tool : TOOLS) {
            files.put("{short}-" + tool, beside(tool));
        }
        files.put("musl.specs", SPECS);
        files.putAll(CommonHeaders.FILES);
        for (String library : EMPTY_LIBRARIES) {
            files.put("lib/lib" + library + ".a", "!<arch>\n");
        }
        for (String library : UNWINDERS) {
            files.put("lib/lib" + library + ".a", "/* Written by crossarm. */\nINPUT ( -lunwind )\n");
        }
        for (String header : CxxHeaders.NAMES) {
            files.put("no-c++/" + header, NO_HEADER.formatted(header));
        }
        return files;
    }

    /**
     * A program is static, unless a shared library is named for it, as projects do for the tools they build beside their
     * library: with {@code -static} alone the linker refuses that library, and the whole build fails for tools nobody wants.
     */
    static final String SHARED = """
            case " $* " in
              *.so\\ * | *.so.[0-9]*) set -- -Wl,-Bdynamic,-dynamic-linker,/lib/ld-musl-{architecture}.so.1 "$@" ;;
            esac
            """;

    /**
     * One exec. Static first on the line, because a compiler of a distribution that makes position-independent programs
     * unasked would else ask for them here; the caller's own options follow and win.
     *
     * @param before lines of shell that may take the call over
     */
    static String compiler(String name, String before) {
        return """
                #!/bin/sh
                # Written by crossarm, which puts it back when it is changed.
                %3$scompiler='{tools}/{gnu}-%1$s'
                if [ ! -x "$compiler" ]; then
                  echo "crossarm: $compiler is not installed; as root: apt-get install %2$s" >&2
                  exit 127
                fi
                %4$sexec "$compiler" -specs='{kind}/musl.specs' -static "$@"
                """.formatted(name, name.equals("g++") ? "g++-{package}" : "gcc-{package}", before, SHARED);
    }

    /** Some build scripts (LuaJIT's) look for the other tools where the compiler is. */
    private static String beside(String tool) {
        return """
                #!/bin/sh
                # Written by crossarm, which puts it back when it is changed.
                exec '{tools}/{gnu}-%s' "$@"
                """.formatted(tool);
    }

    private static final String PACKAGE_CONFIG = """
            #!/bin/sh
            # Written by crossarm, which puts it back when it is changed. Of itself it looks only where the target's libraries
            # are; a build script may say where it put more of them, in PKG_CONFIG_PATH.
            PKG_CONFIG_LIBDIR="${PKG_CONFIG_LIBDIR_{target}:-{pkgconfig}}"
            export PKG_CONFIG_LIBDIR
            unset PKG_CONFIG_SYSROOT_DIR
            exec pkg-config --static "$@"
            """;

    private static Map<String, String> variables() {
        return CompilerKind.inOrder(
                List.of("CC", "{kind}/{short}-gcc"),
                List.of("CXX", "{kind}/{short}-g++"),
                List.of("AR", "{tools}/{gnu}-ar"),
                List.of("RANLIB", "{tools}/{gnu}-ranlib"),
                List.of("CMAKE_TOOLCHAIN_FILE", "{cmake}"),
                List.of("PKG_CONFIG_LIBDIR", "{pkgconfig}"),
                List.of("PKG_CONFIG_ALLOW_CROSS", "1"),
                List.of(
                        "BINDGEN_EXTRA_CLANG_ARGS",
                        "--target={triple} -nostdlibinc -isystem {kind}/include -isystem {musl}/include -idirafter {musl}/kernel"));
    }

    private static Map<String, String> links() {
        List<List<String>> links = new ArrayList<>();
        for (String own : List.of("gcc", "g++", "cpp", "pkg-config")) {
            links.add(List.of("{short}-" + own, "{kind}/{short}-" + own));
        }
        links.add(List.of("{short}-cc", "{kind}/{short}-gcc"));
        links.add(List.of("{short}-c++", "{kind}/{short}-g++"));
        for (String tool : TOOLS) {
            links.add(List.of("{short}-" + tool, "{tools}/{gnu}-" + tool));
        }
        Map<String, String> map = new LinkedHashMap<>();
        links.forEach(link -> map.put(link.get(0), link.get(1)));
        return map;
    }
}
