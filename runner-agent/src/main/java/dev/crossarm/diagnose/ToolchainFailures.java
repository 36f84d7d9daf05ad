package dev.crossarm.diagnose;

import java.util.List;

/** A machine that is not, or no longer, set up for the target. */
final class ToolchainFailures {
    private static final String PROVISION = "crossarm provision";
    private static final String DOCTOR = "crossarm doctor";
    private static final String MUSL_HEADERS =
            "Where the machine was set up with --compiler gnu: crossarm provision --compiler musl";

    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                    "no-linker-set",
                    "No linker is set for the target",
                    "unrecognized command[- ]line option ['\\u2018`]-m64" + "|Relocations in generic ELF \\(EM: 62\\)",
                    "The machine's own compiler was asked to link a program for x86-64: cargo knows no other linker for the"
                            + " target here. Either the machine is not provisioned, or this shell does not have the variables.",
                    PROVISION,
                    "In a shell: eval \"$(crossarm env --format shell)\"",
                    DOCTOR),
            FailureClass.of(
                    "linker-not-found",
                    "The linker is not installed",
                    "linker `([^`]+)` not found",
                    "The linker that cargo is told to use ({1}) is not there. The name may come from the project's"
                            + " .cargo/config.toml or from a variable.",
                    PROVISION,
                    DOCTOR),
            FailureClass.of(
                    "wrong-architecture",
                    "An object file is for another processor",
                    "file in wrong format|is incompatible with elf|skipping incompatible \\S+/(?:target|out)/\\S+"
                            + "|Relocations in generic ELF|unknown value 'x86-64' for '-march'|[Ee]xec format error.*\\bld\\b",
                    "C was compiled for the machine's own processor and not for the target: a build script was led to the"
                            + " wrong compiler, by CC, by CC_x86_64_unknown_linux_musl, or by a setting of the project.",
                    DOCTOR,
                    PROVISION,
                    "cargo clean, when objects of an earlier build are left"),
            FailureClass.of(
                    "exec-format",
                    "A program for another processor was started",
                    "Exec format error|os error 8\\b|cannot execute binary file",
                    "Something that was built for the target was started on this machine: a build script ran a helper it had"
                            + " compiled with the cross compiler, or a test ran without the emulator.",
                    "Helpers that run during a build are compiled with HOST_CC or with cc for the host: look at the build"
                            + " script of the crate named",
                    "Tests: the variable CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUNNER, as crossarm env prints it",
                    "sudo apt-get install --reinstall qemu-user-static"),
            FailureClass.of(
                    "fortify",
                    "C was compiled with glibc's fortify",
                    "undefined (?:reference to|symbol:) [`']?(__(?!stack)\\w+_chk)\\b",
                    "C was compiled with _FORTIFY_SOURCE against glibc's headers, so it calls {1}; musl has none of those"
                            + " functions. Ubuntu's compilers fortify unasked.",
                    PROVISION,
                    "cargo clean, so that the C is compiled again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "isoc23",
                    "C was compiled with glibc's headers (C23 names)",
                    "undefined (?:reference to|symbol:) [`']?(__isoc23_\\w+)",
                    "C was compiled against the headers of glibc 2.38 or later, so it calls {1}; musl does not have that"
                            + " name.",
                    PROVISION,
                    "cargo clean, so that the C is compiled again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "cxx-library",
                    "C++ needs a standard library for musl",
                    "cannot find -l(?:stdc\\+\\+|c\\+\\+|supc\\+\\+)|libstdc\\+\\+\\.a\\(|undefined (?:reference to|symbol:)"
                            + " [`'](?:std::|operator (?:new|delete)|__cxa_(?!thread_atexit_impl)|__gxx_personality|vtable for )",
                    "A crate brings C++ and links C++'s standard library. The distribution's needs glibc, so it cannot go into"
                            + " a program for musl.",
                    "crossarm provision --cpp",
                    "Or look for a feature of the crate that does without C++"),
            FailureClass.of(
                    "glibc-only",
                    "C or C++ calls a function that only glibc has",
                    "undefined (?:reference to|symbol:) [`']?(__cxa_thread_atexit_impl|gnu_get_libc_version|malloc_trim"
                            + "|mallinfo2?|__libc_single_threaded|backtrace(?:_symbols(?:_fd)?)?)\\b",
                    "A crate's C or C++ calls {1}, which is glibc's own; musl has nothing of that name. Its sources, or how"
                            + " they are configured, took the target for one with glibc.",
                    "Look for a feature of the crate that does without it, or for a newer version",
                    DOCTOR),
            FailureClass.of(
                    "wide-atomics",
                    "C or C++ needs atomics wider than the processor's",
                    "undefined (?:reference to|symbol:) [`']?(__atomic_\\w+)",
                    "A crate's C or C++ calls {1}, which is part of gcc's libatomic. The distribution's works with glibc only, so"
                            + " there is none for musl. Atomics of up to 8 bytes do without it.",
                    "Look for a feature or an option of the crate that does without 16-byte atomics",
                    DOCTOR),
            FailureClass.of(
                    "large-file",
                    "C was compiled with glibc's large-file names",
                    "undefined (?:reference to|symbol:) [`']?((?:fcntl|f?open|openat|f?stat|lstat|fstatat|statfs|statvfs|lseek"
                            + "|mmap|pread|pwrite|preadv|pwritev|f?truncate|fseeko|ftello|freopen|readdir|mkstemp|mkostemp"
                            + "|creat|sendfile|posix_fadvise|posix_fallocate|getrlimit|setrlimit|tmpfile|glob|nftw|scandir"
                            + "|alphasort|lockf|fgetpos|fsetpos)64)\\b",
                    "C was compiled against glibc's headers, so it calls {1}. musl never had fcntl64 and dropped the other"
                            + " names in 1.2.4, which Rust brings since 1.93.",
                    PROVISION,
                    "cargo clean, so that the C is compiled again",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "no-musl-gcc",
                    "No C compiler is named for the target",
                    "failed to find tool \"((?:x86_64-linux-)?musl-g(?:cc|\\+\\+))\"|Is `((?:x86_64-linux-)?musl-gcc)` installed"
                            + "|(?:x86_64-linux-)?musl-gcc: (?:command )?not found",
                    "A crate compiles C and looks for a compiler by its usual name, because no variable names one. Either the"
                            + " machine is not provisioned, or this shell or job does not have the variables.",
                    PROVISION,
                    "In a shell: eval \"$(crossarm env --format shell)\"",
                    DOCTOR),
            FailureClass.of(
                    "gcc-s",
                    "gcc's unwinder is asked for",
                    "cannot find -l(gcc_s|gcc_eh)\\b|undefined (?:reference to|symbol:) [`']?_dl_find_object",
                    "A crate links gcc's own unwinding library, which there is only for glibc. In a program for musl Rust's"
                            + " libunwind does that work, and the linker that provision sets up answers the name with it.",
                    PROVISION,
                    DOCTOR,
                    "Without Crossarm: take the line cargo:rustc-link-lib=gcc_s out of the build script of the crate named"),
            FailureClass.of(
                    "kernel-header",
                    "A header of the kernel is missing",
                    "fatal error: ['\"]?((?:linux|asm|asm-generic)/\\S+?\\.h)['\"]?(?:: No such file| file not found)",
                    "C includes the kernel's header {1}, which the compiler does not find for the target.",
                    PROVISION,
                    "sudo apt-get install linux-libc-dev-amd64-cross"),
            FailureClass.of(
                    "bindgen-headers",
                    "bindgen does not find C's headers",
                    "fatal error: '((?:assert|ctype|errno|float|inttypes|limits|math|std(?:align|arg|bool|def|int|io|lib)|string"
                            + "|time|sys/types)\\.h)' file not found",
                    "bindgen reads headers with libclang, which found no {1} for the target. Either this shell or job lacks the"
                            + " variables, or the crate's bindgen is older than 0.59 and reads only the one without the target's"
                            + " name.",
                    "crossarm build, which sets it where the lock file has an old bindgen",
                    "export BINDGEN_EXTRA_CLANG_ARGS=\"$BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl\"",
                    MUSL_HEADERS,
                    DOCTOR),
            FailureClass.of(
                    "position",
                    "C was compiled without -fPIC",
                    "relocation R_X86_64_\\w+ .*(?:PIE object|shared object|recompile with -fPI[CE])",
                    "The program is position-independent, and C of a crate was compiled so that it cannot be: a flag or a build"
                            + " script took -fPIC away (CRATE_CC_NO_DEFAULTS does, too).",
                    "Look for -fno-pic, -mcmodel or CRATE_CC_NO_DEFAULTS in CFLAGS and in the build script of the crate named",
                    "cargo clean, so that the C is compiled again"));

    private ToolchainFailures() {}
}
