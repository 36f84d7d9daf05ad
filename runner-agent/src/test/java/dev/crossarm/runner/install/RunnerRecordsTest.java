package dev.crossarm.runner.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerRecordsTest {
    private static final RunnerName ARM = new RunnerName("arm-1");
    private static final RunnerRecord INSTALLED = RunnerRecord.installed(ARM, "actions-runner", true, "2.338.1", false);
    private static final RunnerRecord.Registration REGISTRATION = new RunnerRecord.Registration(
            "https://github.com/ACME",
            "arm-1",
            3_000_000_000_000L,
            Optional.of("Default"),
            List.of("crossarm", "x86_64-musl"),
            false,
            "actions.runner.ACME.arm-1.service");

    @TempDir
    Path directory;

    private RunnerHome home = new RunnerHome(Path.of("unset"));
    private RunnerRecords records = new RunnerRecords(new DurableFiles(Checkpoint.NONE), home);

    @BeforeEach
    void openRecords() {
        home = new RunnerHome(directory.resolve("runners"));
        records = new RunnerRecords(new DurableFiles(Checkpoint.NONE), home);
    }

    @Test
    void gives_back_what_was_written_registered_or_not() {
        records.write(INSTALLED);
        assertThat(records.of(ARM)).contains(INSTALLED);

        RunnerRecord registered = INSTALLED.with(REGISTRATION).updated("2.339.0");
        records.write(registered);
        assertThat(records.of(ARM)).contains(registered);
    }

    @Test
    void lists_every_runner_by_name_and_nothing_else() throws IOException {
        assertThat(records.all()).isEmpty();
        RunnerRecord second = RunnerRecord.installed(new RunnerName("arm-2"), "builder", false, "2.338.1", true);
        records.write(second);
        records.write(INSTALLED);
        Files.createDirectories(home.packages());
        Files.writeString(home.folder().resolve("not a name.json"), "{");
        Files.writeString(home.folder().resolve(".arm-3.json.crossarm-1-1.tmp"), "{");

        assertThat(records.all()).containsExactly(INSTALLED, second);
    }

    @Test
    void forgets_a_runner_once_or_twice() {
        records.write(INSTALLED);
        records.delete(ARM);
        records.delete(ARM);
        assertThat(records.of(ARM)).isEmpty();
    }

    @Test
    void is_a_file_that_everybody_can_read() throws IOException {
        records.write(INSTALLED.with(REGISTRATION));

        assertThat(home.record(ARM)).hasContent("""
                {
                  "schemaVersion" : 1,
                  "runner" : {
                    "name" : "arm-1",
                    "account" : "actions-runner",
                    "madeAccount" : true,
                    "version" : "2.338.1",
                    "pinned" : false,
                    "registration" : {
                      "address" : "https://github.com/ACME",
                      "name" : "arm-1",
                      "id" : 3000000000000,
                      "group" : "Default",
                      "labels" : [ "crossarm", "x86_64-musl" ],
                      "ephemeral" : false,
                      "unit" : "actions.runner.ACME.arm-1.service"
                    }
                  }
                }
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.record(ARM))))
                .isEqualTo("rw-r--r--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":0,\"runner\":{}}",
                "{\"schemaVersion\":1,\"runner\":{\"name\":\"arm-1\"}}",
                "{\"schemaVersion\":1,\"runner\":{\"name\":\"arm-2\",\"account\":\"a\",\"madeAccount\":true,"
                        + "\"version\":\"2.338.1\",\"pinned\":false}}",
                "{\"schemaVersion\":1,\"runner\":{\"name\":\"arm-1\",\"account\":\"a\",\"madeAccount\":1,"
                        + "\"version\":\"2.338.1\",\"pinned\":false}}",
                "{\"schemaVersion\":1,\"runner\":{\"name\":\"arm-1\",\"account\":\"a\",\"madeAccount\":true,"
                        + "\"version\":\"2.338.1\",\"pinned\":false,\"registration\":{}}}",
            })
    void names_the_file_and_what_mends_it_when_it_is_damaged(String content) throws IOException {
        Files.createDirectories(home.folder());
        Files.writeString(home.record(ARM), content);

        Problem problem = problem();
        assertThat(problem.exit()).isEqualTo(ExitStatus.DATA);
        assertThat(problem.detail()).contains(home.record(ARM).toString());
        assertThat(problem.remedies()).contains("sudo rm " + home.record(ARM), "sudo crossarm runner install arm-1");
    }

    @Test
    void refuses_a_record_of_a_newer_version_and_leaves_it_alone() throws IOException {
        Files.createDirectories(home.folder());
        Files.writeString(home.record(ARM), "{\"schemaVersion\":2,\"runner\":{}}");

        assertThat(problem().exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(home.record(ARM)).exists();
    }

    @Test
    void names_the_runners_there_are_when_one_is_asked_for_that_is_not() {
        records.write(INSTALLED);

        CrossarmException failed =
                catchThrowableOfType(CrossarmException.class, () -> records.require(new RunnerName("arm-9")));
        assertThat(failed.problem().exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(failed.problem().remedies()).containsExactly("Runners that it did install: arm-1");
    }

    private Problem problem() {
        return catchThrowableOfType(CrossarmException.class, () -> records.of(ARM))
                .problem();
    }
}
