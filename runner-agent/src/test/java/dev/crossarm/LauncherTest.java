package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher starts these very classes, or a stand-in for Java that tells how it was started. */
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("../scripts/lib/launcher").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path jar;

    private record Ended(int status, String output) {}

    @BeforeEach
    void make_a_jar_of_these_classes() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.crossarm.Main");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        jar = folder.resolve("crossarm.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    /** Runs this line of sh in the test's folder; {@code $launcher} is the launcher. */
    private Ended sh(Map<String, String> variables, String line) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("LC_ALL");
        builder.environment().put("launcher", LAUNCHER.toString());
        builder.environment().put("CROSSARM_JAR", jar.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** Java, but all it does is tell what it was started with. */
    private Map<String, String> standIn() throws IOException {
        Path home = folder.resolve("java");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"LC_ALL=$LC_ALL\" \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("JAVA_HOME", home.toString());
    }

    @Test
    void reads_a_file_whatever_its_name_and_the_locale() throws Exception {
        // Named by the shell, because the Java of this test may have a locale that cannot.
        String folderAndFile = "d=$(printf 'gr\\303\\274n'); mkdir -p \"$d\"; cd \"$d\"; echo text >\"$d\"; ";
        for (String locale : List.of("C", "not_THERE.UTF-8")) {
            Ended ended = sh(Map.of("LC_ALL", locale), folderAndFile + "exec \"$launcher\" inspect \"$PWD/$d\"");

            assertThat(ended.status()).as(locale + ": " + ended.output()).isEqualTo(65);
            assertThat(ended.output()).contains("/gr\u00fcn/gr\u00fcn");
        }
    }

    @Test
    void says_what_to_do_where_java_was_started_without_it_and_cannot_name_a_file() throws Exception {
        Ended ended = sh(
                Map.of("LC_ALL", "C"),
                "exec \"$JAVA_HOME/bin/java\" -jar \"$CROSSARM_JAR\" inspect \"$(printf 'gr\\303\\274n')\"");

        assertThat(ended.status()).as(ended.output()).isEqualTo(64);
        assertThat(ended.output()).contains("help: export LC_ALL=C.UTF-8");
    }

    @Test
    void hands_on_what_the_caller_set_beside_the_locale_for_java() throws Exception {
        Map<String, String> variables = new HashMap<>(standIn());
        assertThat(sh(variables, "exec \"$launcher\" check").output())
                .contains("LC_ALL=C.UTF-8\n", "-Dcrossarm.lc-all=\n");

        variables.put("LC_ALL", "de_DE.UTF-8");
        assertThat(sh(variables, "exec \"$launcher\" check").output())
                .contains("LC_ALL=C.UTF-8\n", "-Dcrossarm.lc-all=de_DE.UTF-8\n");
    }
}
