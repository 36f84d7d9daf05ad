package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The same files give the same zip and archive, whoever packs them, with real processes. */
class ReproducibleTest {
    private static final Path JVMS = Path.of("/usr/lib/jvm");

    @TempDir
    Path folder;

    private PackingProject project;

    @BeforeEach
    void make() throws IOException {
        project = new PackingProject(folder);
        project.write("config/app.toml", "a = 1\n");
    }

    @Test
    void surroundings_do_not_matter() throws Exception {
        String plain = packed(own(), "022", Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));

        assertThat(plain).hasSize(2 * 64 + 1);
        assertThat(packed(own(), "077", Map.of("TZ", "Pacific/Kiritimati", "LC_ALL", "C")))
                .isEqualTo(plain);
        assertThat(packed(
                        own(), "000", Map.of("TZ", "America/St_Johns", "LANG", "tr_TR.UTF-8", "JAVA_TOOL_OPTIONS", "")))
                .isEqualTo(plain);
    }

    @Test
    void the_jvm_does_not_matter(TestReporter reporter) throws Exception {
        List<Path> jvms = jvms();
        reporter.publishEntry("packed by", jvms.toString());
        String own = packed(own(), "022", Map.of());

        for (Path jvm : jvms) {
            assertThat(packed(jvm, "022", Map.of())).as(jvm.toString()).isEqualTo(own);
        }
    }

    /** Whatever else is installed here that is new enough; the one that runs the tests at least. */
    private static List<Path> jvms() throws IOException {
        List<Path> found = new ArrayList<>(List.of(own()));
        if (Files.isDirectory(JVMS)) {
            try (Stream<Path> installed = Files.list(JVMS)) {
                for (Path java : installed
                        .map(jvm -> jvm.resolve("bin/java"))
                        .filter(Files::isExecutable)
                        .sorted()
                        .toList()) {
                    if (found.stream().noneMatch(one -> same(one, java))) {
                        found.add(java);
                    }
                }
            }
        }
        return found;
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.toRealPath().equals(other.toRealPath());
        } catch (IOException unresolvable) {
            return false;
        }
    }

    private static Path own() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private String packed(Path java, String umask, Map<String, String> environment) throws Exception {
        Path out = Files.createTempDirectory(folder, "out");
        List<String> argv = new ArrayList<>(
                List.of("sh", "-c", "umask \"$1\"; shift; exec \"$@\"", "sh", umask, java.toString(), "-Xmx128m"));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), PackingMain.class.getName()));
        argv.addAll(List.of(project.folder.toString(), project.program.file().toString(), out.toString(), "config"));
        String output = PackingProject.run(folder, environment, argv.toArray(String[]::new));
        return output.lines().reduce("", (before, line) -> line);
    }
}
