package dev.crossarm.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root's children run, and where. These tests need root. */
final class RootsChildrenTest {
    @TempDir
    Path folder;

    @Test
    void run_in_no_folder_of_the_callers() throws IOException {
        Path checkout = OtherAccount.folder(folder.resolve("checkout"));
        Surroundings real = TestSurroundings.real();
        Surroundings there =
                new Surroundings(real.environment(), real.user(), real.root(), real.home(), checkout, false, 80);

        assertThat(output(there, Command.of("pwd"))).isEqualTo("/\n");
    }

    @Test
    void import_no_package_of_the_folder_the_caller_is_in() throws IOException {
        Path checkout = OtherAccount.folder(folder.resolve("checkout"));
        Path pip = OtherAccount.folder(checkout.resolve("pip"));
        OtherAccount.file(pip.resolve("__init__.py"), "");
        OtherAccount.file(pip.resolve("__main__.py"), "print('planted')");
        Surroundings real = TestSurroundings.with(Map.of("PYTHONPATH", checkout.toString()));
        Surroundings there =
                new Surroundings(real.environment(), real.user(), real.root(), real.home(), checkout, false, 80);

        CommandResult result =
                new ProcessCommandRunner(there).run(Command.of("python3", "-I", "-m", "pip", "--version"));

        assertThat(result.out().whole() + result.err()).doesNotContain("planted");
    }

    @Test
    void are_looked_for_in_roots_folders_only() throws IOException {
        Path theirs = OtherAccount.folder(folder.resolve("bin"));
        Files.setPosixFilePermissions(
                OtherAccount.file(theirs.resolve("planted"), "#!/bin/sh\necho planted\n"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), theirs);
        Path own = Files.createDirectory(folder.resolve("own"));
        Surroundings surroundings =
                TestSurroundings.with(Map.of("PATH", theirs + ":" + link + "::bin:" + own + ":/usr/bin"));

        CrossarmException missing =
                catchThrowableOfType(CrossarmException.class, () -> output(surroundings, Command.of("planted")));

        assertThat(missing.problem().code()).isEqualTo("program-not-found");
        assertThat(output(surroundings, Command.of("printenv", "PATH"))).isEqualTo(own + ":/usr/bin\n");
        assertThat(output(surroundings, Command.of("printenv", "PATH").as(Optional.of(OtherAccount.NAME))))
                .startsWith(theirs + ":");
    }

    @Test
    void have_roots_home_where_the_variable_names_the_callers() throws IOException {
        Path home = OtherAccount.folder(folder.resolve("home"));
        Surroundings real = TestSurroundings.with(Map.of("HOME", home.toString(), "TMPDIR", home.toString()));
        Surroundings surroundings =
                new Surroundings(real.environment(), real.user(), real.root(), home, real.directory(), false, 80);

        assertThat(output(surroundings, Command.of("sh", "-c", "echo \"$HOME $TMPDIR\"")))
                .isEqualTo("/root \n");
    }

    @Test
    void tell_no_other_account_which_index_roots_pip_asks() {
        Surroundings real = TestSurroundings.with(Map.of("PIP_INDEX_URL", "https://ada:word@mirror.example"));
        Command command = Command.of("sh", "-c", "echo \"${PIP_INDEX_URL-none}\"");

        assertThat(output(real, command)).isEqualTo("https://ada:word@mirror.example\n");
        assertThat(output(real, command.as(Optional.of(OtherAccount.NAME)))).isEqualTo("none\n");
    }

    private static String output(Surroundings surroundings, Command command) {
        return new ProcessCommandRunner(surroundings).run(command).out().whole();
    }
}
