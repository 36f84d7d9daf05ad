package dev.crossarm.job.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaZipTest {
    @TempDir
    Path folder;

    private PackingProject project;

    @BeforeEach
    void make() throws IOException {
        project = new PackingProject(folder);
        project.write("config/app.toml", "a = 1\n");
        project.write("config/naïve ☃.txt", "snow\n");
        project.write("scripts/start", "#!/bin/sh\n".getBytes(UTF_8), "rwxr-x---");
    }

    @Test
    void is_unpacked_by_unzip_with_modes_whatever_they_were() throws Exception {
        Packed zip = project.zip("scripts", "config");
        Path to = Files.createDirectory(folder.resolve("unpacked"));

        assertThat(PackingProject.run(to, "unzip", "-tq", zip.file().toString()))
                .contains("No errors detected");
        PackingProject.run(to, "unzip", "-q", zip.file().toString());

        assertThat(to.resolve("bootstrap")).hasSameBinaryContentAs(project.program.file());
        assertThat(to.resolve("config/naïve ☃.txt")).hasContent("snow\n");
        assertThat(mode(to.resolve("bootstrap"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("scripts/start"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("config/app.toml"))).isEqualTo("rw-r--r--");
        assertThat(mode(to.resolve("config"))).isEqualTo("rwxr-xr-x");
        assertThat(zip.bytes()).isEqualTo(Files.size(zip.file()));
        assertThat(zip.unpackedBytes()).isEqualTo(3_000_000 + 6 + 5 + 10);
        assertThat(PackingProject.run(folder, "sha256sum", zip.file().toString()))
                .startsWith(zip.sha256());
    }

    @Test
    void says_it_was_made_by_unix_in_the_order_of_names() throws Exception {
        Packed zip = project.zip("scripts", "config/app.toml");

        List<String> lines = PackingProject.run(
                        folder, "unzip", "-Z", zip.file().toString())
                .lines()
                .filter(line -> line.contains(" unx "))
                .toList();

        assertThat(lines)
                .extracting(line -> line.substring(0, 10) + " " + line.substring(line.lastIndexOf(' ') + 1))
                .containsExactly(
                        "drwxr-xr-x config/",
                        "drwxr-xr-x scripts/",
                        "-rwxr-xr-x bootstrap",
                        "-rw-r--r-- config/app.toml",
                        "-rwxr-xr-x scripts/start");
        assertThat(lines).allMatch(line -> line.contains("80-Feb-01 12:00"));
    }

    @Test
    void is_opened_by_python() throws Exception {
        Packed zip = project.zip("config");

        assertThat(PackingProject.run(folder, "python3", "-c", """
                        import sys, zipfile
                        with zipfile.ZipFile(sys.argv[1]) as z:
                            print(z.testzip())
                            for i in z.infolist():
                                print(ascii(i.filename), i.create_system, oct(i.external_attr >> 16), i.date_time, i.compress_type)
                        """, zip.file().toString()))
                .isEqualTo("""
                        None
                        'config/' 3 0o40755 (1980, 2, 1, 12, 0, 0) 0
                        'bootstrap' 3 0o100755 (1980, 2, 1, 12, 0, 0) 8
                        'config/app.toml' 3 0o100644 (1980, 2, 1, 12, 0, 0) 8
                        'config/na\\xefve \\u2603.txt' 3 0o100644 (1980, 2, 1, 12, 0, 0) 8
                        """);
    }

    @Test
    void is_opened_by_java() throws IOException {
        Packed packed = project.zip("config");

        try (ZipFile zip = new ZipFile(packed.file().toFile())) {
            ZipEntry bootstrap = Objects.requireNonNull(zip.getEntry("bootstrap"));
            assertThat(zip.getInputStream(bootstrap).readAllBytes())
                    .isEqualTo(Files.readAllBytes(project.program.file()));
            assertThat(bootstrap.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 2, 1, 12, 0));
            assertThat(bootstrap.getExtra()).isNull();
            assertThat(zip.getEntry("config/naïve ☃.txt")).isNotNull();
        }
    }

    @Test
    void lays_out_an_extension() throws IOException {
        Packed packed = LambdaZip.write(
                project.writer, project.program, LambdaZip.Layout.EXTENSION, List.of(), project.out("ext.zip"));

        try (ZipFile zip = new ZipFile(packed.file().toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("extensions/", "extensions/app");
        }
    }

    @Test
    void has_the_same_bytes_in_every_time_zone() {
        TimeZone before = TimeZone.getDefault();
        Set<String> digests = new TreeSet<>();
        try {
            for (String zone : ZoneId.getAvailableZoneIds()) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                digests.add(LambdaZip.write(
                                project.writer,
                                new BuiltProgram("pkg", "1", "app", folder.resolve("config/app.toml")),
                                LambdaZip.Layout.FUNCTION,
                                List.of(),
                                project.out("zone.zip"))
                        .sha256());
            }
        } finally {
            TimeZone.setDefault(before);
        }

        assertThat(digests).hasSize(1);
    }

    @Test
    void leaves_the_old_zip_and_nothing_else_when_it_fails() throws IOException {
        Packed before = project.zip();
        byte[] old = Files.readAllBytes(before.file());
        BuiltProgram gone = new BuiltProgram("pkg", "1", "app", folder.resolve("gone"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() ->
                        LambdaZip.write(project.writer, gone, LambdaZip.Layout.FUNCTION, List.of(), before.file())))
                .isNotNull();

        assertThat(before.file()).hasBinaryContent(old);
        try (var left = Files.list(Objects.requireNonNull(before.file().getParent()))) {
            assertThat(left).containsExactly(before.file());
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
