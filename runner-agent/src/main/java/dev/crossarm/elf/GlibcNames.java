package dev.crossarm.elf;

import java.util.Set;

/**
 * Names that tell of glibc. Those a program wants and musl does not have were found by comparing the symbols of both
 * libraries; those a program defines are parts of glibc itself, found in every program linked statically with it.
 */
final class GlibcNames {
    private static final Set<String> WANTED = Set.of(
            "arc4random",
            "arc4random_buf",
            "arc4random_uniform",
            "backtrace",
            "backtrace_symbols",
            "backtrace_symbols_fd",
            "fcntl64",
            "getcontext",
            "gnu_get_libc_release",
            "gnu_get_libc_version",
            "makecontext",
            "mallinfo",
            "mallinfo2",
            "setcontext",
            "swapcontext",
            "__libc_single_threaded",
            "__register_atfork",
            "__res_init",
            "_dl_find_object");

    /** Large-file names: musl had them until 1.2.3; Rust's own since 1.93 does not. */
    private static final Set<String> LARGE_FILE = Set.of(
            "creat64",
            "fopen64",
            "freopen64",
            "fseeko64",
            "fstat64",
            "fstatat64",
            "fstatfs64",
            "ftello64",
            "ftruncate64",
            "lseek64",
            "lstat64",
            "mkstemp64",
            "mmap64",
            "open64",
            "openat64",
            "posix_fadvise64",
            "posix_fallocate64",
            "pread64",
            "pwrite64",
            "readdir64",
            "sendfile64",
            "stat64",
            "statfs64",
            "truncate64");

    private static final Set<String> DEFINED = Set.of(
            "gnu_get_libc_version",
            "_IO_2_1_stdout_",
            "_dl_relocate_static_pie",
            "_nl_C_locobj",
            "__libc_setup_tls",
            "__libc_init_secure");

    private GlibcNames() {}

    /** Whether a name that must come from elsewhere can come from glibc only. */
    static boolean wantedOfGlibc(String name) {
        return WANTED.contains(name)
                || LARGE_FILE.contains(name)
                || name.startsWith("__isoc23_")
                || (name.startsWith("__") && name.endsWith("_chk") && name.length() > "___chk".length());
    }

    /** Whether a name the file itself defines is a part of glibc. */
    static boolean partOfGlibc(String name) {
        return DEFINED.contains(name);
    }

    /** Names longer than this need not be looked at. */
    static int longest() {
        return 64;
    }
}
