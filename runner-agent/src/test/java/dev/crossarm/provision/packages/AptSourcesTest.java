package dev.crossarm.provision.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {

    @Test
    void turns_ubuntu_s_ports_into_its_main_archive_in_stanzas() {
        String ubuntu = """
                Types: deb
                URIs: http://ports.ubuntu.example/ubuntu-ports/
                Suites: noble noble-updates noble-backports
                Components: main universe restricted multiverse
                Architectures: arm64
                Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
                """;

        assertThat(AptSources.stanzas(ubuntu)).isEqualTo("""
                Types: deb
                URIs: http://archive.ubuntu.example/ubuntu/
                Suites: noble noble-updates noble-backports
                Components: main universe restricted multiverse
                Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
                """);
    }

    @Test
    void turns_ubuntu_s_ports_into_its_main_archive_in_lines() {
        String ubuntu = """
                deb [arch=arm64 signed-by=/k.gpg] http://eu.ports.ubuntu.example/ubuntu-ports jammy main
                deb [arch=arm64] http://mirror.example/ubuntu-ports jammy-updates universe
                """;

        assertThat(AptSources.lines(ubuntu)).isEqualTo("""
                deb [signed-by=/k.gpg] http://eu.archive.ubuntu.example/ubuntu jammy main
                deb  http://mirror.example/ubuntu jammy-updates universe
                """);
    }

    @Test
    void leaves_every_other_source_as_it_is() {
        String debian = """
                deb [signed-by=/k.gpg] https://ports.example:8443/debian trixie main # ports.
                # deb [arch=arm64] http://ports.ubuntu.example/ubuntu-ports jammy main

                """;
        String key = """
                Types: deb
                URIs: https://mirror.example/debian
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mQINBGPL
                 -----END PGP PUBLIC KEY BLOCK-----
                Suites: trixie
                """;

        assertThat(AptSources.lines(debian)).isEqualTo(debian);
        assertThat(AptSources.stanzas(key)).isEqualTo(key);
    }

    @Test
    void drops_a_restriction_that_goes_on_in_the_next_lines() {
        assertThat(AptSources.stanzas("Architectures:\n arm64\n armhf\nSuites: trixie\n"))
                .isEqualTo("Suites: trixie\n");
    }

    @Test
    void reads_both_forms_and_nothing_else(@TempDir Path root) throws IOException {
        Path parts = Files.createDirectories(root.resolve("etc/apt/sources.list.d"));
        Files.writeString(root.resolve("etc/apt/sources.list"), "deb http://a.example x main\n");
        Files.writeString(parts.resolve("b.sources"), "URIs: http://b.example\n");
        Files.writeString(parts.resolve("c.list.save"), "deb http://c.example x main\n");

        assertThat(AptSources.of(root))
                .containsOnlyKeys("sources.list", "sources.list.d/b.sources")
                .containsEntry("sources.list", "deb http://a.example x main\n");
        assertThat(AptSources.of(root.resolve("nothing"))).isEmpty();
    }
}
