package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFileTest {
    @TempDir
    Path folder;

    private PackingProject project;

    @BeforeEach
    void make() throws IOException {
        project = new PackingProject(folder);
        project.write("config/app.toml", "a = 1\n");
        project.write("config/naïve.txt", "x\n");
    }

    @Test
    void is_unpacked_by_tar_and_checked_by_sha256sum() throws Exception {
        Packed archive = project.archive("config");
        Path beside = Objects.requireNonNull(archive.file().getParent());
        Path to = Files.createDirectory(folder.resolve("unpacked"));

        assertThat(PackingProject.run(beside, "sha256sum", "-c", "app.tar.gz.sha256"))
                .isEqualTo("app.tar.gz: OK\n");
        assertThat(PackingProject.run(to, "tar", "-xzf", archive.file().toString()))
                .isEmpty();

        assertThat(to.resolve("app"))
                .hasSameBinaryContentAs(project.program.file())
                .isExecutable();
        assertThat(to.resolve("config/naïve.txt")).hasContent("x\n");
        assertThat(PackingProject.run(
                        folder,
                        java.util.Map.of("TZ", "UTC"),
                        "tar",
                        "-tvzf",
                        archive.file().toString(),
                        "config/app.toml"))
                .matches("-rw-r--r-- 0/0 +6 1980-02-01 12:00 config/app.toml\n");
        assertThat(PackingProject.run(folder, "gzip", "-tv", archive.file().toString()))
                .contains("OK");
    }

    @Test
    void is_the_same_when_made_again() {
        assertThat(project.archive("config", "target/app").sha256())
                .isEqualTo(project.archive("target/app", "config").sha256());
    }
}
