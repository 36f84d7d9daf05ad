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
                source("toolchain.cmake").replace("@emulator@", emulator.toString()),
                files);
    }

    /** The folder pkg-config looks in is in place. */
    public static Step pkgConfig(CompilerPlace place, HostFiles files) {
        return step(
                place,
                PKG_CONFIG,
                "pkg-config's folder for " + place.tools().target().triple(),
                place.packageConfigs().resolve("README"),
                source("pkg-config.README"),
                files);
    }

    /** What configure scripts read first is in place. */
    public static Step configure(CompilerPlace place, HostFiles files) {
        return step(
                place,
                CONFIGURE,
                "what configure scripts for " + place.tools().target().triple() + " read first",
                place.configureSite(),
                source("config.site.sh"),
                files);
    }

    private static String source(String name) {
        return KindFolder.source("build-systems/" + name);
    }

    private static Step step(
            CompilerPlace place, StepId id, String summary, Path file, String template, HostFiles files) {
        Optional<String> wanted = place.kind().needsSysroot() ? Optional.of(place.fill(template)) : Optional.empty();
        return new FileSetStep(
                new GeneratedFile(id, summary, file, wanted, place.layout().prefix()), files);
    }
}
