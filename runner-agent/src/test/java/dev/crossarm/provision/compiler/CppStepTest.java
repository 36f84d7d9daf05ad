package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.FileState;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.StepContract;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.provision.RealCppTest;
import dev.crossarm.provision.TestHost;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With scripts in python's, make's and gcc's place, to provoke faults; the real ones are tried by {@link RealCppTest}. */
class CppStepTest {
    @TempDir
    Path root;

    @BeforeEach
    void fresh() throws IOException {
        host(root);
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) ->
                        step(host, checkpoint, CompilerKind.of(Compiler.CPP), AssembledBench.HOST))
                .startingFrom(CppStepTest::host)
                .passing("opt/crossarm/cpp/.unfinished", "opt/crossarm/cpp/.unfinished/**")
                .leaving("*.seen")
                .varying("*.seen")
                .tests();
    }

    @Test
    void keeps_the_compiler_its_headers_and_the_libraries_and_nothing_else() throws IOException {
        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.CPP)));

        Path place = cpp().resolve("zig-0.17.1-1");
        assertThat(place.resolve("zig")).isExecutable();
        assertThat(place.resolve("clang/include/stddef.h")).hasContent("clang");
        assertThat(place.resolve("include/vector")).hasContent("libc++");
        assertThat(place.resolve("include/cxxabi.h")).hasContent("libc++abi");
        assertThat(place.resolve("lib/libc++.a")).hasContent("built with 4 jobs");
        assertThat(place.resolve("lib/libgcc.a")).hasContent("libgcc");
        assertThat(FileState.children(cpp())).containsExactly(place);
        assertThat(((Observation.Satisfied) step.check()).evidence())
                .containsExactly("clang and libc++ from zig 0.17.1 in " + place);
    }

    @Test
    void asks_pip_for_one_wheel_of_the_pinned_digest_and_builds_nothing_with_it() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.CPP)));

        assertThat(root.resolve("requirements.seen"))
                .hasContent("ziglang==0.17.1"
                        + " --hash=sha256:b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e");
        assertThat(root.resolve("pip.seen"))
                .content()
                .contains("--require-hashes", "--no-deps", "--only-binary :all:", "--no-input")
                .doesNotContain("index-url", "http");
    }

    @Test
    void takes_no_more_jobs_than_the_memory_holds() throws IOException {
        HostFacts small = new HostFacts("debian", "13", "Debian 13", "aarch64", "6.12", 1L << 29, 4);

        AssembledBench.applied(step(root, Checkpoint.NONE, CompilerKind.of(Compiler.CPP), small));

        assertThat(cpp().resolve("zig-0.17.1-1/lib/libc++.a")).hasContent("built with 1 jobs");
    }

    @Test
    void makes_it_anew_when_a_file_is_missing_or_cut_short() throws IOException {
        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.CPP)));
        Files.writeString(cpp().resolve("zig-0.17.1-1/lib/libc++.a"), "");

        Observation.Drifted drift = (Observation.Drifted) step.check();
        assertThat(drift.differences().get(0).found()).isEqualTo("lib/libc++.a is missing or changed");
        AssembledBench.applied(step);
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_an_older_version_away() throws IOException {
        TestHost.put(cpp().resolve("zig-0.16.0-1/zig"), "old");

        AssembledStep step = AssembledBench.applied(step(CompilerKind.of(Compiler.CPP)));

        assertThat(cpp().resolve("zig-0.16.0-1")).doesNotExist();
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_cpp_away_when_the_compiler_kind_needs_none() throws IOException {
        AssembledBench.applied(step(CompilerKind.of(Compiler.CPP)));

        AssembledStep step = step(CompilerKind.of(Compiler.MUSL));
        assertThat(step.check()).isInstanceOf(Observation.Drifted.class);
        AssembledBench.applied(step);

        assertThat(cpp()).doesNotExist();
        assertThat(((Observation.Satisfied) step.check()).evidence().get(0)).contains("crossarm provision --cpp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. | wrong-digest | DATA | pip config list
            WARNING: Retrying (Retry(total=4)) after NewConnectionError: Connection refused | python-index-unreachable | UNAVAILABLE | PIP_INDEX_URL
            ERROR: HTTP error 403 Client Error: Forbidden for url | python-index-unreachable | UNAVAILABLE | pip config list
            ERROR: No matching distribution found for ziglang==0.17.1 | zig-not-offered | UNAVAILABLE | --compiler musl
            ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device | disk-full | CANNOT_CREATE | df -h
            """)
    void says_why_zig_cannot_be_had(String said, String code, ExitStatus exit, String remedy) throws IOException {
        Files.writeString(root.resolve("fail-pip"), said);

        CrossarmException failure = AssembledBench.failure(step(CompilerKind.of(Compiler.CPP)));

        assertThat(failure.problem().code()).isEqualTo(code);
        assertThat(failure.problem().exit()).isEqualTo(exit);
        assertThat(String.join("\n", failure.problem().remedies())).contains(remedy);
        assertThat(failure.problem().detail()).contains(said);
    }

    @Test
    void names_the_package_when_python_has_no_pip() throws IOException {
        Files.createFile(root.resolve("no-pip"));

        CrossarmException failure = AssembledBench.failure(step(CompilerKind.of(Compiler.CPP)));

        assertThat(failure.problem().code()).isEqualTo("pip-missing");
        assertThat(failure.problem().remedies()).containsExactly("sudo apt-get install python3-pip");
    }

    @Test
    void says_so_when_there_is_no_python() throws IOException {
        CrossarmException failure = AssembledBench.failure(step(List.of("/no/such/python3", "no-such-python3")));

        assertThat(failure.problem().code()).isEqualTo("python-missing");
        assertThat(failure.problem().remedies()).containsExactly("sudo apt-get install python3-pip");
    }

    @Test
    void shows_what_python_said_when_it_is_broken_and_not_that_pip_is_missing() throws IOException {
        Files.writeString(root.resolve("broken-python"), "ImportError: libexpat.so.1: cannot open shared object file");

        CrossarmException failure = AssembledBench.failure(step(List.of("no-such-python3", "python3")));

        assertThat(failure.problem().code()).isEqualTo("python-failed");
        assertThat(failure.problem().summary())
                .isEqualTo("python3, which downloads the compiler for C++, cannot start pip");
        assertThat(failure.problem().detail()).contains("libexpat.so.1", "ended with status 3");
    }

    @Test
    void says_why_a_python_that_is_there_cannot_be_run() throws IOException {
        Path locked = root.resolve("locked/python3");
        TestHost.put(locked, "#!/bin/sh");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(AssembledBench.failure(step(List.of(locked.toString(), "no-such-python3")))
                        .problem()
                        .code())
                .isEqualTo("not-executable");
    }

    @Test
    void takes_another_python_where_the_first_has_no_pip() throws IOException {
        TestHost.tool(root, "python-without-pip", "echo 'python3: No module named pip' >&2; exit 1");

        assertThat(AssembledBench.applied(step(List.of("python-without-pip", "python3")))
                        .check())
                .isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void says_where_there_is_no_zig_for_the_machine() {
        HostFacts other = new HostFacts("debian", "13", "Debian 13", "riscv64", "6.12", 1L << 33, 4);

        CrossarmException failure =
                AssembledBench.failure(step(root, Checkpoint.NONE, CompilerKind.of(Compiler.CPP), other));

        assertThat(failure.problem().summary()).contains("riscv64", "aarch64 and x86_64");
    }

    @Test
    void shows_what_the_compiler_said_when_the_library_does_not_build() throws IOException {
        Files.createFile(root.resolve("fail-make"));

        CrossarmException failure = AssembledBench.failure(step(CompilerKind.of(Compiler.CPP)));

        assertThat(failure.problem().code()).isEqualTo("libcxx-build");
        assertThat(failure.problem().detail()).contains("vector.cpp: error");
    }

    @Test
    void leaves_a_machine_that_works_without_it_as_it_was_when_it_fails() throws IOException {
        Files.createFile(root.resolve("fail-make"));
        AssembledBench.failure(step(CompilerKind.of(Compiler.CPP)));

        assertThat(cpp()).doesNotExist();
        assertThat(step(CompilerKind.of(Compiler.MUSL)).check()).isInstanceOf(Observation.Satisfied.class);

        TestHost.put(cpp().resolve("zig-0.16.0-1/zig"), "old");
        AssembledBench.failure(step(CompilerKind.of(Compiler.CPP)));
        assertThat(FileState.children(cpp())).containsExactly(cpp().resolve("zig-0.16.0-1"));
    }

    private AssembledStep step(CompilerKind kind) {
        return step(root, Checkpoint.NONE, kind, AssembledBench.HOST);
    }

    private AssembledStep step(List<String> pythons) {
        return step(root, Checkpoint.NONE, CompilerKind.of(Compiler.CPP), AssembledBench.HOST, pythons);
    }

    private static AssembledStep step(Path host, Checkpoint checkpoint, CompilerKind kind, HostFacts facts) {
        return step(host, checkpoint, kind, facts, List.of("python3"));
    }

    private static AssembledStep step(
            Path host, Checkpoint checkpoint, CompilerKind kind, HostFacts facts, List<String> pythons) {
        Layout layout = TestHost.layout(host);
        CompilerPlace place = new CompilerPlace(
                kind, new CrossTools(Target.X86_64_MUSL, host.resolve("tools")), layout, host.resolve("no-rust"));
        StepPorts ports = AssembledBench.ports(host, checkpoint, pause -> {});
        return CppRecipe.step(place, facts, ports, pythons);
    }

    private Path cpp() {
        return TestHost.layout(root).prefix().resolve("cpp");
    }

    private static void host(Path host) throws IOException {
        Files.createDirectories(host.resolve("opt/crossarm"));
        TestHost.put(host.resolve("libgcc.a"), "libgcc");
        TestHost.tool(host, "sync", "exit 0");
        TestHost.tool(host, "x86_64-linux-gnu-gcc", "echo '" + host.resolve("libgcc.a") + "'");
        TestHost.tool(host, "make", """
                [ ! -e '%s/fail-make' ] || { echo 'vector.cpp: error: no' >&2; exit 2; }
                for word in "$@"; do case $word in --jobs=*) jobs=${word#--jobs=} ;; esac; done
                printf 'built with %%s jobs' "$jobs" >libc++.a; printf abi >libc++abi.a
                """.formatted(host));
        TestHost.tool(host, "python3", """
                root='%s'
                case "$*" in
                  *--version)
                    [ ! -e "$root/broken-python" ] || { cat "$root/broken-python" >&2; exit 3; }
                    [ ! -e "$root/no-pip" ] || { echo "python3: No module named pip" >&2; exit 1; } ;;
                  *"pip download"*)
                    [ ! -s "$root/fail-pip" ] || { cat "$root/fail-pip" >&2; exit 1; }
                    echo "$*" >"$root/pip.seen"
                    while [ $# -gt 0 ]; do
                      case $1 in --requirement) requirements=$2 ;; --dest) dest=$2 ;; esac; shift
                    done
                    cp "$requirements" "$root/requirements.seen"
                    printf wheel >"$dest/ziglang.whl" ;;
                  *" -c "*)
                    z=$6/ziglang; mkdir -p "$z/lib/include" "$z/lib/libcxx/include" "$z/lib/libcxxabi/include"
                    printf zig >"$z/zig"; chmod 755 "$z/zig"; printf MIT >"$z/LICENSE"
                    printf clang >"$z/lib/include/stddef.h"
                    printf libc++ >"$z/lib/libcxx/include/vector"
                    printf LLVM >"$z/lib/libcxx/LICENSE.TXT"; printf LLVM >"$z/lib/libcxxabi/LICENSE.TXT"
                    printf libc++abi >"$z/lib/libcxxabi/include/cxxabi.h"
                    printf config >"$z/lib/libcxxabi/include/__cxxabi_config.h" ;;
                esac
                """.formatted(host));
    }
}
