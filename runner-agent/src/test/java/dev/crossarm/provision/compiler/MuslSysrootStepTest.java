package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.StepContract;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.RealMuslTest;
import dev.crossarm.provision.TestHost;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With scripts in apt-get's and dpkg-deb's place, to provoke faults; the real ones are tried by {@link RealMuslTest}. */
class MuslSysrootStepTest {
    private static final List<Duration> PAUSES = new ArrayList<>();

    @TempDir
    Path root;

    @BeforeEach
    void fresh() throws IOException {
        host(root);
        PAUSES.clear();
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) ->
                        step(host, checkpoint, CompilerKind.of(Compiler.MUSL), AssembledBench.HOST))
                .startingFrom(MuslSysrootStepTest::host)
                .passing("opt/crossarm/musl/.unfinished", "opt/crossarm/musl/.unfinished/**")
                .leaving("*.seen", "calls")
                .varying("calls")
                .tests();
    }

    @Test
    void puts_the_headers_in_place_and_beside_them_the_kernel_s_that_are_there() throws IOException {
        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        Path current = musl().resolve("current");
        assertThat(Files.readSymbolicLink(current)).isEqualTo(Path.of("1.2.5-3"));
        assertThat(current.resolve("include/stdlib.h")).hasContent("musl");
        assertThat(current.resolve("kernel/linux/version.h")).hasContent("kernel");
        assertThat(current.resolve("kernel/asm/types.h")).hasContent("cross");
        assertThat(musl().resolve(".unfinished")).doesNotExist();
        assertThat(((Observation.Satisfied) step.check()).evidence())
                .containsExactly("3 headers, from debian 13 musl-dev 1.2.5-3");
    }

    @Test
    void asks_apt_for_the_target_s_architecture_with_the_host_s_sources_alone() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(root.resolve("apt.conf.seen"))
                .content()
                .contains("APT::Architecture \"amd64\"", "Dir::State::status \"/dev/null\"");
        assertThat(root.resolve("sources.seen"))
                .hasContent("deb  http://archive.ubuntu.example/ubuntu noble main universe");
    }

    @Test
    void fetches_anew_when_a_header_is_missing_or_cut_short() throws IOException {
        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));
        Files.writeString(musl().resolve("current/include/stdlib.h"), "");

        Observation.Drifted drift = (Observation.Drifted) step.check();
        assertThat(drift.differences().get(0).found()).isEqualTo("include/stdlib.h is missing or changed");
        AssembledBench.applied(step);
        assertThat(musl().resolve("current/include/stdlib.h")).hasContent("musl");
    }

    @Test
    void fetches_the_headers_of_the_release_the_host_was_upgraded_to_and_drops_the_old() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));
        Files.writeString(root.resolve("version"), "1.2.6-1");
        HostFacts upgraded = new HostFacts("debian", "14", "Debian 14", "aarch64", "7.0", 1L << 33, 4);

        AssembledStep step = step(root, Checkpoint.NONE, CompilerKind.of(Compiler.MUSL), upgraded);
        assertThat(step.check()).isInstanceOf(Observation.Drifted.class);
        AssembledBench.applied(step);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        try (Stream<Path> entries = Files.list(musl())) {
            assertThat(entries.map(Path::getFileName).map(Path::toString)).containsOnly("1.2.6-1", "current");
        }
    }

    @Test
    void reads_the_index_again_when_it_changed_under_the_download() throws IOException {
        Files.writeString(root.resolve("fail-download"), "1 E: Failed to fetch x  File has unexpected size (1 != 2)");

        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(Files.readAllLines(root.resolve("calls")))
                .containsExactly("update", "download", "update", "download");
        assertThat(PAUSES).containsExactly(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E: Failed to fetch x  File has unexpected size (1 != 2). Mirror sync in progress?",
                "E: Failed to fetch x  Hash Sum mismatch",
                "E: Failed to fetch x  404  Not Found"
            })
    void reads_the_index_again_when_it_does_not_fit_itself(String said) throws IOException {
        Files.writeString(root.resolve("fail-update"), "2 " + said);
        Files.writeString(root.resolve("fail-download"), "2 E: Unable to locate package musl-dev");

        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(PAUSES).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    @Test
    void gives_up_on_a_mirror_that_stays_wrong() throws IOException {
        Files.writeString(root.resolve("fail-update"), "9 E: Failed to fetch x  Hash Sum mismatch");
        Files.writeString(root.resolve("fail-download"), "9 E: Unable to locate package musl-dev");

        CrossarmException failure = AssembledBench.failure(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(failure.problem().code()).isEqualTo("package-digest");
        assertThat(failure.problem().remedies().get(0)).contains("Try again in a few minutes");
        assertThat(Files.readAllLines(root.resolve("calls"))).hasSize(6);
    }

    @Test
    void names_the_keyring_when_the_index_is_signed_by_a_key_the_host_lacks() throws IOException {
        Files.writeString(
                root.resolve("fail-update"),
                "9 W: GPG error: x InRelease: The following signatures couldn't be verified because the public key is not"
                        + " available: NO_PUBKEY 6ED0E7B82643E131");
        Files.writeString(root.resolve("fail-download"), "9 E: Unable to locate package musl-dev");

        CrossarmException failure = AssembledBench.failure(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(failure.problem().code()).isEqualTo("keyring-missing");
        assertThat(failure.problem().remedies().get(0)).contains("debian-archive-keyring", "ubuntu-keyring");
    }

    /** As apt 3.0.4 of Debian 13 says it: with a keyring that is gone, and with one that lacks the key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error: Failed to parse keyring \"/k.gpg\"  Caused by:     0: Reading \"/k.gpg\": No such file or directory",
                "Missing key 4CB50190207B4758A3F73A796ED0E7B82643E131, which is needed to verify signature."
            })
    void names_the_keyring_in_the_words_of_newer_apts(String said) throws IOException {
        Files.writeString(
                root.resolve("fail-update"),
                "9 W: OpenPGP signature verification failed: x trixie InRelease: Sub-process /usr/bin/sqv returned an error code"
                        + " (1), error message is: " + said + " E: The repository 'x trixie InRelease' is not signed.");
        Files.writeString(root.resolve("fail-download"), "9 E: Unable to locate package musl-dev");

        assertThat(AssembledBench.failure(step(CompilerKind.of(Compiler.MUSL)))
                        .problem()
                        .code())
                .isEqualTo("keyring-missing");
        assertThat(PAUSES).isEmpty();
    }

    @Test
    void says_that_no_source_offers_it() throws IOException {
        Files.writeString(root.resolve("fail-download"), "9 E: Unable to locate package musl-dev");

        assertThat(AssembledBench.failure(step(CompilerKind.of(Compiler.MUSL)))
                        .problem()
                        .summary())
                .isEqualTo("no package source of this machine has musl-dev for amd64");
    }

    @Test
    void needs_no_kernel_headers_to_be_there_yet() throws IOException {
        Files.move(root.resolve("usr/x86_64-linux-gnu"), root.resolve("usr/elsewhere"));

        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(step.requires()).isEmpty();
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_the_headers_away_when_the_compiler_kind_needs_none() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));

        AssembledStep step = step(CompilerKind.of(Compiler.GNU));
        assertThat(step.check()).isInstanceOf(Observation.Drifted.class);
        AssembledBench.applied(step);

        assertThat(musl()).doesNotExist();
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    private AssembledStep step(CompilerKind kind) {
        return step(root, Checkpoint.NONE, kind, AssembledBench.HOST);
    }

    private static AssembledStep step(Path host, Checkpoint checkpoint, CompilerKind kind, HostFacts facts) {
        Layout layout = TestHost.layout(host);
        CompilerPlace place =
                new CompilerPlace(kind, CrossTools.of(Target.X86_64_MUSL), layout, host.resolve("no-rust"));
        return MuslRecipe.step(host, place, facts, AssembledBench.ports(host, checkpoint, PAUSES::add));
    }

    private Path musl() {
        return TestHost.layout(root).prefix().resolve("musl");
    }

    private static void host(Path host) throws IOException {
        Files.createDirectories(host.resolve("opt/crossarm"));
        TestHost.put(
                host.resolve("etc/apt/sources.list"),
                "deb [arch=arm64] http://ports.ubuntu.example/ubuntu-ports noble main universe\n");
        TestHost.kernelHeaders(host);
        TestHost.put(host.resolve("version"), "1.2.5-3");
        TestHost.tool(host, "sync", "exit 0");
        TestHost.tool(host, "apt-get", """
                root='%s'
                for word in "$@"; do case $word in update | download) action=$word ;; esac; done
                echo "$action" >>"$root/calls"
                cp "$3" "$root/apt.conf.seen"; cp "$(dirname "$3")/sources.list" "$root/sources.seen"
                if [ -s "$root/fail-$action" ]; then
                  read -r left text <"$root/fail-$action" || true
                  if [ "$left" -gt 0 ]; then
                    echo "$((left - 1)) $text" >"$root/fail-$action"; echo "$text" >&2; exit 100
                  fi
                fi
                [ "$action" != download ] || echo deb >musl-dev_amd64.deb
                """.formatted(host));
        TestHost.tool(host, "dpkg-deb", """
                root='%s'
                case $1 in
                  --field) cat "$root/version" ;;
                  --extract)
                    mkdir -p "$3/usr/include/x86_64-linux-musl/sys" "$3/usr/share/doc/musl-dev"
                    printf musl >"$3/usr/include/x86_64-linux-musl/stdlib.h"
                    printf musl >"$3/usr/include/x86_64-linux-musl/sys/stat.h"
                    printf MIT >"$3/usr/share/doc/musl-dev/copyright" ;;
                esac
                """.formatted(host));
    }

    /** Unused by most tests, but the list of what a fresh host must not get. */
    @Test
    void leaves_nothing_else_behind() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.MUSL)));
        try (Stream<Path> entries = Files.list(root.resolve("opt/crossarm"))) {
            assertThat(entries.map(Path::getFileName).map(Path::toString).toList())
                    .isEqualTo(List.of("musl"));
        }
    }
}
