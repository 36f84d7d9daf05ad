package dev.crossarm.provision.compiler;

import java.util.List;
import java.util.Map;

/**
 * What C for Linux and the BSDs takes for granted in headers, and musl has not on purpose: glibc's, the BSDs' and Android's
 * C libraries all have it. Only what says nothing of the libc and changes no object: whoever takes {@code __GLIBC__} or
 * {@code __GLIBC_PREREQ} for granted goes without.
 */
final class CommonHeaders {

    /**
     * Asks for a version of gcc; and for {@code off64_t} and its like with {@code _GNU_SOURCE} alone, which musl's headers gave
     * until 1.2.4 and glibc's give: they are macros for the plain names. Every header of musl includes this one, as every one
     * of glibc does.
     */
    private static final String FEATURES = """
            /* Written by crossarm. */
            #if defined(_GNU_SOURCE) && !defined(_LARGEFILE64_SOURCE)
            #define _LARGEFILE64_SOURCE 1
            #endif
            #include_next <features.h>
            #ifndef __GNUC_PREREQ
            #define __GNUC_PREREQ(major, minor) ((__GNUC__ << 16) + __GNUC_MINOR__ >= ((major) << 16) + (minor))
            #endif
            """;

    private static final String CDEFS = """
            /* Written by crossarm. */
            #ifndef CROSSARM_SYS_CDEFS_H
            #define CROSSARM_SYS_CDEFS_H
            #include <features.h>
            #ifdef __cplusplus
            #define __BEGIN_DECLS extern "C" {
            #define __END_DECLS }
            #else
            #define __BEGIN_DECLS
            #define __END_DECLS
            #endif
            #define __P(parameters) parameters
            #define __CONCAT(left, right) left##right
            #define __STRING(text) #text
            #ifndef __THROW
            #define __THROW
            #endif
            #endif
            """;

    /** {@code u_int8_t}, {@code u_int} and their like come with this one elsewhere. */
    private static final String STDLIB = """
            /* Written by crossarm. */
            #include_next <stdlib.h>
            #if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
            #include <sys/types.h>
            #endif
            """;

    private static final String UNISTD = """
            /* Written by crossarm. */
            #include_next <unistd.h>
            #if defined(_GNU_SOURCE) && !defined(TEMP_FAILURE_RETRY)
            #define TEMP_FAILURE_RETRY(call) __extension__({ \\
                long crossarm_result; \\
                do crossarm_result = (long) (call); while (crossarm_result == -1 && errno == EINTR); \\
                crossarm_result; })
            #endif
            """;

    private static final String STAT = """
            /* Written by crossarm. */
            #include_next <sys/stat.h>
            #if (defined(_GNU_SOURCE) || defined(_BSD_SOURCE)) && !defined(ACCESSPERMS)
            #define ACCESSPERMS (S_IRWXU | S_IRWXG | S_IRWXO)
            #define ALLPERMS (S_ISUID | S_ISGID | S_ISVTX | ACCESSPERMS)
            #define DEFFILEMODE (ACCESSPERMS & ~(S_IXUSR | S_IXGRP | S_IXOTH))
            #endif
            """;

    /** Their folder comes before musl's. */
    static final Map<String, String> FILES = CompilerKind.inOrder(
            List.of("include/features.h", FEATURES),
            List.of("include/stdlib.h", STDLIB),
            List.of("include/unistd.h", UNISTD),
            List.of("include/sys/cdefs.h", CDEFS),
            List.of("include/sys/stat.h", STAT));

    private CommonHeaders() {}
}
