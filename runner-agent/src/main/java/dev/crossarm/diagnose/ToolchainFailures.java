package dev.crossarm.diagnose;

import java.util.List;

/** A machine that is not, or no longer, set up for the target. */
final class ToolchainFailures {
    private static final String PROVISION = "crossarm provision";
    private static final String DOCTOR = "crossarm doctor";
    private static final String MUSL_HEADERS =
            "If the machine was set up with --compiler gnu: crossarm provision --compiler musl";

    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                    "no-linker-set",
                    "No linker is set for the target",
                    "unrecognized command[- ]line option ['\\u2018`]-m64" + "|Relocations in generic ELF \\(EM: 62\\)",
                    "cargo used the machine's own compiler to link a program for x86-64, because no linker is set for"
                            + " the target. Either the machine is not provisioned, or this shell does not have the"
                            + " variables.",
                    PROVISION,
                    Diagnosis.LOAD_VARIABLES,
                    DOCTOR),
            FailureClass.of(
                    "linker-not-found",
                    "The linker is not installed",
                    "linker `([^`]+)` not found",
                    "The linker that cargo was told to use ({1}) does not exist. The name may come from the project's"
                            + " .cargo/config.toml or from a variable.",
                    PROVISION,
                    DOCTOR),
            FailureClass.of(
                    "wrong-architecture",
                    "An object file is for another processor",
                    "file in wrong format|is incompatible with elf|skipping incompatible \\S+/(?:target|out)/\\S+"
                            + "|Relocations in generic ELF|unknown value 'x86-64' for '-march'|[Ee]xec format error.*\\bld\\b",
                    "C was compiled for the machine's own processor instead of the target: a build script used the"
                            + " wrong compiler, because of CC, CC_x86_64_unknown_linux_musl, or a setting of the"
                            + " project.",
                    DOCTOR,
                    PROVISION,
                    "cargo clean, if objects from an earlier build are left over"),
            FailureClass.of(
                    "exec-format",
                    "A program for another processor was started",
                    "Exec format error|os error 8\\b|cannot execute binary file",
                    "A program built for the target was run on this machine: a build script ran a helper that it had"
                            + " compiled with the cross compiler, or a test ran without the emulator.",
                    "Helpers that run during a build have to be compiled with HOST_CC or with cc for the host: check"
                            + " the crate's build script",
                    "For tests: set CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUNNER as crossarm env prints it",
                    "sudo apt-get install --reinstall qemu-user-static"),
            FailureClass.of(
                    "fortify",
                    "C was compiled with glibc's fortify",
                    "undefined (?:reference to|symbol:) [`']?(__(?!stack)\\w+_chk)\\b",
                    "C was compiled with _FORTIFY_SOURCE against glibc's headers, so it calls {1}; musl has none of"
                            + " those functions. Ubuntu's compilers fortify by default.",
                    PROVISION,
                    "cargo clean, to compile the C again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "isoc23",
                    "C was compiled with glibc's headers (C23 names)",
                    "undefined (?:reference to|symbol:) [`']?(__isoc23_\\w+)",
                    "C was compiled against the headers of glibc 2.38 or later, so it calls {1}; musl does not have that"
                            + " name.",
                    PROVISION,
                    "cargo clean, to compile the C again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                            "cxx-library",
                            "C++ needs a standard library for musl",
                            "cannot find -l(?:stdc\\+\\+|c\\+\\+|supc\\+\\+)|libstdc\\+\\+\\.a\\(|undefined (?:reference to|symbol:)"
                                    + " [`'](?:std::|operator (?:new|delete)|__cxa_(?!thread_atexit_impl)|__gxx_personality|vtable for )",
                            "A crate contains C++ and links C++'s standard library. The distribution's needs glibc, so a musl"
                                    + " program cannot use it.",
                            "crossarm provision --cpp",
                            "Or look for a feature of the crate that avoids C++")
                    .wantingCpp(),
            FailureClass.of(
                    "glibc-only",
                    "C or C++ calls a function that only glibc has",
                    "undefined (?:reference to|symbol:) [`']?(__cxa_thread_atexit_impl|gnu_get_libc_version|malloc_trim"
                            + "|mallinfo2?|__libc_single_threaded|backtrace(?:_symbols(?:_fd)?)?)\\b",
                    "A crate's C or C++ calls {1}, which exists only in glibc. Its sources or their configuration"
                            + " assume that the target uses glibc.",
                    "Look for a feature of the crate that avoids it, or for a newer version",
                    DOCTOR),
            FailureClass.of(
                    "wide-atomics",
                    "C or C++ needs atomics wider than the processor's",
                    "undefined (?:reference to|symbol:) [`']?(__atomic_\\w+)",
                    "A crate's C or C++ calls {1}, which is part of gcc's libatomic. The distribution's works with"
                            + " glibc only, so there is none for musl. Atomics of up to 8 bytes do not need it.",
                    "Look for a feature or an option of the crate that avoids 16-byte atomics",
                    DOCTOR),
            FailureClass.of(
                    "large-file",
                    "C was compiled with glibc's large-file names",
                    "undefined (?:reference to|symbol:) [`']?((?:fcntl|f?open|openat|f?stat|lstat|fstatat|statfs|statvfs|lseek"
                            + "|mmap|pread|pwrite|preadv|pwritev|f?truncate|fseeko|ftello|freopen|readdir|mkstemp|mkostemp"
                            + "|creat|sendfile|posix_fadvise|posix_fallocate|getrlimit|setrlimit|tmpfile|glob|nftw|scandir"
                            + "|alphasort|lockf|fgetpos|fsetpos)64)\\b",
                    "C was compiled against glibc's headers, so it calls {1}. musl never had fcntl64 and dropped the"
                            + " other names in 1.2.4; Rust has shipped 1.2.5 since 1.93.",
                    PROVISION,
                    "cargo clean, to compile the C again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "no-musl-gcc",
                    "No C compiler is set for the target",
                    "failed to find tool \"((?:x86_64-linux-)?musl-g(?:cc|\\+\\+))\"|Is `((?:x86_64-linux-)?musl-gcc)` installed"
                            + "|(?:x86_64-linux-)?musl-gcc: (?:command )?not found",
                    "A crate compiles C and looks for a compiler with a common name, because no variable names one."
                            + " Either the machine is not provisioned, or this shell or job does not have the"
                            + " variables.",
                    PROVISION,
                    Diagnosis.LOAD_VARIABLES,
                    DOCTOR),
            FailureClass.of(
                    "gcc-s",
                    "A crate links gcc's unwinder",
                    "cannot find -l(gcc_s|gcc_eh)\\b|undefined (?:reference to|symbol:) [`']?_dl_find_object",
                    "A crate links gcc's own unwinding library, which exists only for glibc. A musl program uses"
                            + " Rust's libunwind, and the linker that provision sets up uses that for this name.",
                    PROVISION,
                    DOCTOR,
                    "Without Crossarm: remove cargo:rustc-link-lib=gcc_s from the crate's build script"),
            FailureClass.of(
                    "kernel-header",
                    "A kernel header is missing",
                    "fatal error: ['\"]?((?:linux|asm|asm-generic)/\\S+?\\.h)['\"]?(?:: No such file| file not found)",
                    "C code includes the kernel header {1}, which the compiler does not find for the target.",
                    PROVISION,
                    "sudo apt-get install linux-libc-dev-amd64-cross"),
            FailureClass.of(
                    "bindgen-headers",
                    "bindgen does not find C's headers",
                    "fatal error: '((?:assert|ctype|errno|float|inttypes|limits|math|std(?:align|arg|bool|def|int|io|lib)|string"
                            + "|time|sys/types)\\.h)' file not found",
                    "bindgen reads headers with libclang, which found no {1} for the target. Either this shell or job"
                            + " does not have the variables, or the crate's bindgen is older than 0.59 and reads only"
                            + " the one without the target's name.",
                    "crossarm build, which sets it if Cargo.lock has an old bindgen",
                    "export BINDGEN_EXTRA_CLANG_ARGS=\"$BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl\"",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "position",
                    "C was compiled without -fPIC",
                    "relocation R_X86_64_\\w+ .*(?:PIE object|shared object|recompile with -fPI[CE])",
                    "The program is position-independent, but C of a crate was compiled without -fPIC: a flag or a"
                            + " build script removed it (CRATE_CC_NO_DEFAULTS does so, too).",
                    "Look for -fno-pic, -mcmodel or CRATE_CC_NO_DEFAULTS in CFLAGS and in the crate's build script",
                    "cargo clean, to compile the C again"));

    private ToolchainFailures() {}
}
