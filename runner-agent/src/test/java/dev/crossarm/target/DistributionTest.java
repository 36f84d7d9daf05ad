package dev.crossarm.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.HostFacts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds our data against os-release files and package indices taken from the distributions themselves. */
class DistributionTest {

    private static final Map<String, String> ARCHITECTURES = Map.of("aarch64", "arm64", "x86_64", "amd64");

    static Stream<Arguments> every_release_and_architecture() {
        return Distribution.ALL.stream()
                .flatMap(release -> ARCHITECTURES.keySet().stream().map(arch -> Arguments.of(release, arch)));
    }

    @ParameterizedTest
    @MethodSource("every_release_and_architecture")
    void every_package_is_in_the_release_for_the_architecture(Distribution release, String architecture) {
        String key = release.id() + ":" + release.version() + "," + ARCHITECTURES.get(architecture) + ",";
        Set<String> carried = lines("package-index.csv")
                .filter(line -> line.startsWith(key))
                .map(line -> line.split(",", -1)[2])
                .collect(Collectors.toSet());

        assertThat(carried)
                .isNotEmpty()
                .containsAll(release.packages(architecture, Target.X86_64_MUSL, Compiler.MUSL)
                        .all());
    }

    @ParameterizedTest
    @MethodSource("every_release_and_architecture")
    void rustup_is_offered_as_a_package_where_the_release_has_one(Distribution release, String architecture) {
        String key = release.id() + ":" + release.version() + "," + ARCHITECTURES.get(architecture) + ",rustup,";

        assertThat(lines("package-index.csv").anyMatch(line -> line.startsWith(key)))
                .isEqualTo(release.rustupPackage());
    }

    @Test
    void every_release_is_recognised_by_its_own_os_release() {
        for (Distribution release : Distribution.ALL) {
            Map<String, String> osRelease = new HashMap<>();
            lines(release.id() + "-" + release.version() + ".os-release")
                    .filter(line -> line.contains("="))
                    .forEach(line -> osRelease.put(
                            line.substring(0, line.indexOf('=')),
                            line.substring(line.indexOf('=') + 1).replace("\"", "")));

            assertThat(Distribution.of(
                            facts(String.valueOf(osRelease.get("ID")), String.valueOf(osRelease.get("VERSION_ID")))))
                    .contains(release);
        }
    }

    @Test
    void a_host_of_the_targets_own_architecture_needs_neither_cross_compiler_nor_emulator() {
        for (Distribution release : Distribution.ALL) {
            assertThat(release.packages("x86_64", Target.X86_64_MUSL, Compiler.MUSL)
                            .all())
                    .contains("build-essential")
                    .doesNotContain("gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross")
                    .doesNotContainAnyElementsOf(release.emulatorPackages());
        }
    }

    @Test
    void libclang_comes_with_headers_it_can_read_for_musl() {
        Distribution release = Distribution.ALL.get(0);

        assertThat(release.packages("aarch64", Target.X86_64_MUSL, Compiler.MUSL)
                        .all())
                .contains("libclang-dev");
        assertThat(release.packages("aarch64", Target.X86_64_MUSL, Compiler.GNU).all())
                .doesNotContain("libclang-dev");
    }

    @Test
    void an_arm64_host_gets_the_libc_headers_the_cross_compiler_only_recommends() {
        for (Distribution release : Distribution.ALL) {
            assertThat(release.packages("aarch64", Target.X86_64_MUSL, Compiler.MUSL)
                            .all())
                    .contains("gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross")
                    .containsAll(release.emulatorPackages());
        }
    }

    @Test
    void an_unsupported_system_is_named_together_with_the_supported_ones() {
        for (List<String> other : List.of(List.of("fedora", "43"), List.of("debian", "11"), List.of("debian", ""))) {
            CrossarmException failure = catchThrowableOfType(
                    CrossarmException.class, () -> Distribution.require(facts(other.get(0), other.get(1))));

            assertThat(failure.problem().code()).isEqualTo("unsupported-distribution");
            assertThat(failure.problem().exit()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(failure.problem().summary()).contains("Some System");
            assertThat(failure.problem().remedies())
                    .singleElement()
                    .asString()
                    .contains("Debian 12", "Debian 13", "Ubuntu 22.04", "Ubuntu 24.04", "Ubuntu 26.04");
        }
    }

    private static HostFacts facts(String id, String version) {
        return new HostFacts(id, version, "Some System", "aarch64", "6.12", 8L << 30, 4);
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = DistributionTest.class.getResourceAsStream("/distributions/" + resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
