package dev.crossarm.cli.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.Golden;
import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private final TestConsole console = new TestConsole();

    @Test
    void prints_each_finding_with_its_remedy() {
        assertThat(new TestProgram().run(console, "doctor", "--offline")).isZero();

        assertThat(console.out()).isEqualTo("""
                        ok      memory                   8.0 GiB, 4 processors
                        warning apt-lock                 apt is locked by unattended-upgr (pid 812)
                                /var/lib/dpkg/lock-frontend
                                -> wait until it has ended
                        note    network                  not checked (--offline)
                        0 errors, 1 warning, 1 note, 1 ok
                        """);
    }

    @Test
    void prints_one_json_object_when_asked() {
        assertThat(new TestProgram().run(console, "doctor", "--json")).isZero();

        Golden.assertSame("doctor.json", console.out());
    }

    @Test
    void ends_with_two_when_there_is_an_error() {
        assertThat(new TestProgram().withFailingProof().run(console, "doctor")).isEqualTo(2);
        assertThat(console.out()).contains("error   apt-lock").endsWith("1 error, 0 warnings, 1 note, 1 ok\n");
    }

    @Test
    void shows_errors_and_nothing_else_when_it_is_to_be_quiet() {
        assertThat(new TestProgram().run(console, "doctor", "-q")).isZero();
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEmpty();

        TestConsole failing = new TestConsole();
        assertThat(new TestProgram().withFailingProof().run(failing, "doctor", "--quiet"))
                .isEqualTo(2);
        assertThat(failing.out()).isEqualTo("""
                        error   apt-lock                 apt is locked by unattended-upgr (pid 812)
                                /var/lib/dpkg/lock-frontend
                                -> wait until it has ended
                        """);
    }

    @Test
    void paints_the_severities_when_colours_are_wanted() {
        assertThat(new TestProgram().run(console, "doctor", "--color=always")).isZero();

        assertThat(console.out())
                .contains("\u001b[33mwarning\u001b[0m apt-lock")
                .contains("\n        -> wait");
    }
}
