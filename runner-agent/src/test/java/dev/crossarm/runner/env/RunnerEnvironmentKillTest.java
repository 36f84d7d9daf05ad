package dev.crossarm.runner.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill at every place a file is being changed, on the way in and on the way out. */
final class RunnerEnvironmentKillTest {

    /** What stands for a kill: an error that nothing handles. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path temporary;

    @Test
    void converges_after_a_kill_at_any_place_of_provisioning_and_gives_everything_back() throws IOException {
        int places = 0;
        for (int kill = 1; ; kill++, places++) {
            RunnerHost host = host(kill);
            Map<String, String> before = host.files();
            boolean killed = killedAt(host, kill, host::provision);

            host.provision();
            assertThat(host.evidence())
                    .as("after a kill at place %d", kill)
                    .contains(RunnerHost.UNIT + " has read its environment");
            host.remove();
            assertThat(host.files())
                    .as("removed after a kill at place %d", kill)
                    .isEqualTo(before);
            if (!killed) {
                break;
            }
        }
        assertThat(places).isGreaterThan(15);
    }

    @Test
    void converges_after_a_kill_at_any_place_of_removal() throws IOException {
        int places = 0;
        for (int kill = 1; ; kill++, places++) {
            RunnerHost host = host(1000 + kill);
            Map<String, String> before = host.files();
            host.provision();
            // Long ago, so that what removal changes is plainly newer than what the listener has read.
            Files.setLastModifiedTime(host.env(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            host.proc.listener(host.runner, Duration.ofHours(1));
            host.systemctl.ran.clear();
            boolean killed = killedAt(host, kill, host::remove);

            host.remove();
            assertThat(host.files()).as("after a kill at place %d", kill).isEqualTo(before);
            assertThat(host.step().planRemoval()).isEmpty();
            assertThat(host.systemctl.ran)
                    .as("after a kill at place %d", kill)
                    .contains("systemctl restart -- " + RunnerHost.UNIT);
            if (!killed) {
                break;
            }
        }
        assertThat(places).isGreaterThan(7);
    }

    /** Half of the hosts have files of their own, the other half have none. */
    private RunnerHost host(int number) throws IOException {
        RunnerHost host = new RunnerHost(Files.createDirectory(temporary.resolve("host-" + number))).service();
        if (number % 2 == 0) {
            Files.writeString(host.env(), "A=1\nPATH=/theirs\n");
            Files.writeString(host.path(), "/usr/bin\n");
        }
        return host;
    }

    private static boolean killedAt(RunnerHost host, int place, Runnable work) {
        AtomicInteger passed = new AtomicInteger();
        host.checkpoint = where -> {
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
            host.checkpoint = at -> {};
        }
    }
}
