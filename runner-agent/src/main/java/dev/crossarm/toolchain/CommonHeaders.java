package dev.crossarm.toolchain;

import java.util.List;
import java.util.Map;

/**
 * What C for Linux and the BSDs takes for granted in headers, and musl has not on purpose: glibc's, the BSDs' and Android's
 * C libraries all have it. Only what says nothing of the libc and changes no object: whoever takes {@code __GLIBC__} or
 * {@code __GLIBC_PREREQ} for granted goes without.
 */
final class CommonHeaders {

    /** Asks for a version of gcc. Every header of musl includes this one, as every one of glibc does. */
    private static final String FEATURES = """
            /* Written by crossarm. */
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

    /** Their folder comes before musl's. */
    static final Map<String, String> FILES =
            CompilerKind.inOrder(List.of("include/features.h", FEATURES), List.of("include/sys/cdefs.h", CDEFS));

    private CommonHeaders() {}
}
