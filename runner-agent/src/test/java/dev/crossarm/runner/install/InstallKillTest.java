package dev.crossarm.runner.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kill at every place where an installation or an update changes something or runs a child. */
@Timeout(600)
final class InstallKillTest {
    private static final RunnerName NAME = new RunnerName("arm-1");

    /** What stands for a kill: an error that nothing handles. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    private Path host(int number) throws IOException {
        return Files.createDirectory(folder.resolve("host-" + number));
    }

    @Test
    void converges_after_a_kill_at_any_place_of_an_installation() throws IOException {
        Map<String, String> wanted;
        try (InstallBench bench = new InstallBench(host(0))) {
            bench.install();
            wanted = bench.tree();
        }
        int places = 0;
        for (int kill = 1; ; kill++, places++) {
            try (InstallBench bench = new InstallBench(host(kill))) {
                boolean killed = killedAt(bench, kill, bench::install);
                if (Files.exists(bench.home.record(NAME))) {
                    assertThat(bench.runner().resolve("bin/Runner.Listener")).exists();
                }
                bench.install();
                assertThat(bench.tree()).as("after a kill at place %d", kill).isEqualTo(wanted);
                if (!killed) {
                    break;
                }
            }
        }
        assertThat(places).isGreaterThan(30);
    }

    @Test
    void has_one_whole_version_after_a_kill_at_any_place_of_an_update_and_the_next_run() throws IOException {
        int places = 0;
        for (int kill = 1; ; kill++, places++) {
            try (InstallBench bench = new InstallBench(host(1000 + kill))) {
                bench.latest = InstallBench.OLD;
                bench.install();
                Files.writeString(bench.runner().resolve(".runner"), "registered");
                bench.latest = InstallBench.NEW;
                TestService service = new TestService();
                boolean killed = killedAt(bench, kill, () -> service.update(bench, NAME, Optional.empty()));

                boolean back = kill % 2 == 0;
                service.update(bench, NAME, back ? Optional.of(InstallBench.OLD) : Optional.empty());
                String version = back ? InstallBench.OLD : InstallBench.NEW;
                assertThat(bench.records().require(NAME).version())
                        .as("after a kill at place %d", kill)
                        .isEqualTo(version);
                for (String part : new String[] {"bin/Runner.Listener", "config.sh", "run.sh"}) {
                    assertThat(Files.readString(bench.runner().resolve(part)))
                            .as("%s after a kill at place %d", part, kill)
                            .contains(version);
                }
                assertThat(bench.runner().resolve("externals/node24/lib/npm-cli.js"))
                        .hasContent(version);
                assertThat(bench.runner().resolve(".runner")).hasContent("registered");
                assertThat(service.running).as("after a kill at place %d", kill).isTrue();
                assertThat(bench.home.folder())
                        .as("after a kill at place %d", kill)
                        .isDirectoryNotContaining("glob:**/.{update,done}-*");
                if (!killed) {
                    break;
                }
            }
        }
        assertThat(places).isGreaterThan(30);
    }

    private static boolean killedAt(InstallBench bench, int place, Runnable work) {
        AtomicInteger passed = new AtomicInteger();
        bench.checkpoint = where -> {
            if (passed.incrementAndGet() == place) {
                throw new Killed();
            }
        };
        try {
            work.run();
            return false;
        } catch (Killed killed) {
            return true;
        } finally {
            bench.checkpoint = at -> {};
        }
    }
}
