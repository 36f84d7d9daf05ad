package dev.crossarm.provision.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRustupSiteTest {
    private static final String TRIPLE = "x86_64-unknown-linux-gnu";

    @TempDir
    Path folder;

    private void mirror(String digest) throws IOException {
        Files.writeString(folder.resolve("release-stable.toml"), "version = '1.28.2'\n");
        Path program = Files.createDirectories(folder.resolve("archive/1.28.2/" + TRIPLE))
                .resolve("rustup-init");
        Files.writeString(program, "rustup");
        Files.writeString(program.resolveSibling("rustup-init.sha256"), digest + "  rustup-init\n");
    }

    private void fetch() {
        RustupSite site = new FolderRustupSite(new DurableFiles(Checkpoint.NONE));
        new RustupRelease(site, "file://" + folder, TRIPLE).fetch(folder.resolve("target"), Progress.NONE);
    }

    @Test
    void takes_the_installer_out_of_a_folder_when_its_digest_is_right() throws IOException {
        mirror(Fingerprint.of("rustup").value().replace("sha256:", ""));

        fetch();

        assertThat(folder.resolve("target")).hasContent("rustup").isExecutable();
    }

    @Test
    void takes_an_installer_of_twenty_megabytes() throws IOException {
        byte[] large = new byte[21 << 20];
        mirror(Fingerprint.of(large).value().replace("sha256:", ""));
        Files.write(folder.resolve("archive/1.28.2/" + TRIPLE + "/rustup-init"), large);

        fetch();

        assertThat(folder.resolve("target")).hasBinaryContent(large);
    }

    @Test
    void refuses_a_file_of_another_digest_and_a_folder_without_one() throws IOException {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(this::fetch)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("rustup-not-offered"));

        mirror("0".repeat(64));
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(this::fetch)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("wrong-digest"));
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void serves_addresses_of_files_only() {
        assertThat(FolderRustupSite.serves("file:///srv/mirror")).isTrue();
        assertThat(FolderRustupSite.serves("https://example.org")).isFalse();
    }
}
