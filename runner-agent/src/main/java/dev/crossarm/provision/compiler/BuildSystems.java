package dev.crossarm.provision.compiler;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What build systems other than cargo are told about the target, so that they find the target's compiler and libraries and
 * nothing of the host's.
 */
public final class BuildSystems {
    public static final StepId CMAKE = StepId.of("cmake-toolchain");
    public static final StepId PKG_CONFIG = StepId.of("pkg-config");
    public static final StepId CONFIGURE = StepId.of("configure-site");

    /**
     * A path under a root of the search is not looked for below the roots once more (CMake, CMAKE_FIND_ROOT_PATH). So what a
     * build names outright as its prefixes, and what other crates of the same build have installed into their output
     * folders, is found where it is.
     */
    private static final String TOOLCHAIN_FILE = """
            # Written by crossarm, which puts it back when it is changed: CMake for {triple}.
            set(CMAKE_SYSTEM_NAME Linux)
            set(CMAKE_SYSTEM_PROCESSOR {architecture})

            set(CMAKE_C_COMPILER "{kind}/{short}-gcc")
            set(CMAKE_CXX_COMPILER "{kind}/{short}-g++")
            set(CMAKE_ASM_COMPILER "{kind}/{short}-gcc")
            set(CMAKE_AR "{tools}/{gnu}-ar" CACHE FILEPATH "")
            set(CMAKE_RANLIB "{tools}/{gnu}-ranlib" CACHE FILEPATH "")
            set(CMAKE_NM "{tools}/{gnu}-nm" CACHE FILEPATH "")
            set(CMAKE_STRIP "{tools}/{gnu}-strip" CACHE FILEPATH "")
            set(CMAKE_OBJCOPY "{tools}/{gnu}-objcopy" CACHE FILEPATH "")
            set(CMAKE_OBJDUMP "{tools}/{gnu}-objdump" CACHE FILEPATH "")
            set(CMAKE_READELF "{tools}/{gnu}-readelf" CACHE FILEPATH "")
            set(PKG_CONFIG_EXECUTABLE "{kind}/{short}-pkg-config" CACHE FILEPATH "")
            set(CMAKE_CROSSCOMPILING_EMULATOR "{emulator}")
            # A static program has no path for finding libraries, which installing it would have to change.
            set(CMAKE_SKIP_RPATH TRUE CACHE BOOL "")

            string(REPLACE ":" ";" crossarm_prefixes "$ENV{CMAKE_PREFIX_PATH}")
            set(CMAKE_FIND_ROOT_PATH "{kind}" "{musl}" ${CMAKE_PREFIX_PATH} ${crossarm_prefixes})
            if(DEFINED ENV{OUT_DIR})
              get_filename_component(crossarm_outputs "$ENV{OUT_DIR}/../.." ABSOLUTE)
              list(APPEND CMAKE_FIND_ROOT_PATH "${crossarm_outputs}")
            endif()
            set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
            set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
            set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
            set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
            """;

    /**
     * Configure scripts read it after their options and before they look for anything (Autoconf manual, "Setting Site
     * Defaults"). The crate autotools takes the host from the compiler's name, its folder included, which is none; many crates
     * give Rust's triple, for which there are no tools, so that the machine's own would be taken; some give none at all, and
     * some the machine's own with our compiler.
     */
    private static final String SITE = """
            # Written by crossarm, which puts it back when it is changed: configure scripts for {triple}.
            case "/${CC-} " in
              */'{short}-gcc '* | */'{short}-cc '*) crossarm_compiler={short} ;;
              *) crossarm_compiler= ;;
            esac
            case ${host_alias-} in
              {triple} | {short}) crossarm_host=$host_alias ;;
              */{short}) crossarm_host={short} ;;
              '') if test -z "${build_alias-}"; then crossarm_host=$crossarm_compiler; else crossarm_host=; fi ;;
              *) crossarm_host=$crossarm_compiler ;;
            esac
            if test -n "$crossarm_host"; then
              host_alias=$crossarm_host
              host=$crossarm_host
              ac_tool_prefix={short}-
              test "${cross_compiling-}" = yes || cross_compiling=maybe
              # No program of the target can use a shared library.
              : "${enable_shared=no}" "${enable_static=yes}"
            fi

            # Where this file is not named, these are read.
            crossarm_prefix=${prefix-NONE}
            test "$crossarm_prefix" != NONE || crossarm_prefix=${ac_default_prefix-/usr/local}
            for crossarm_site in "$crossarm_prefix/share/config.site" "$crossarm_prefix/etc/config.site"; do
              if test -f "$crossarm_site" && test -r "$crossarm_site"; then
                . "$crossarm_site"
              fi
            done
            """;

    private static final String README = """
            Put .pc files of libraries built for {triple} here: pkg-config and the crates that ask it look here and
            nowhere else when they build for that target. Empty, crates build the C sources they bring.
            """;

    private BuildSystems() {}

    /** The toolchain file for CMake is in place. */
    public static Step cmake(CompilerPlace place, HostFacts host, HostFiles files) {
        Target target = place.tools().target();
        // Programs of the target run here as they are; CMake wants to be told so all the same.
        Path emulator = host.architecture().equals(target.architecture())
                ? Path.of("/usr/bin/env")
                : place.tools().emulator(host);
        return step(
                place,
                CMAKE,
                "CMake's toolchain file for " + target.triple(),
                place.toolchainFile(),
                TOOLCHAIN_FILE.replace("{emulator}", emulator.toString()),
                files);
    }

    /** The folder pkg-config looks in is in place. */
    public static Step pkgConfig(CompilerPlace place, HostFiles files) {
        return step(
                place,
                PKG_CONFIG,
                "pkg-config's folder for " + place.tools().target().triple(),
                place.packageConfigs().resolve("README"),
                README,
                files);
    }

    /** What configure scripts read first is in place. */
    public static Step configure(CompilerPlace place, HostFiles files) {
        return step(
                place,
                CONFIGURE,
                "what configure scripts for " + place.tools().target().triple() + " read first",
                place.configureSite(),
                SITE,
                files);
    }

    private static Step step(
            CompilerPlace place, StepId id, String summary, Path file, String template, HostFiles files) {
        Optional<String> wanted = place.kind().needsSysroot() ? Optional.of(place.fill(template)) : Optional.empty();
        return new GeneratedFileStep(id, summary, file, wanted, place.layout().prefix(), files);
    }
}
