package dev.crossarm.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.job.cargo.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known before anything is compiled: the lock file, and the knowledge about crates. */
class PreflightTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[root]~name = \"own\"~version = \"0.1.0\"~dependencies = [~ \"ring 0.17.8 (registry+x)\",~]~~[[package]]~"
                        + "name = \"ring\"~version = \"0.17.8\"~source = \"registry+x\"~~[metadata]~\"checksum ring\" = \"a\"~",
                "[[package]]~name = \"own\"~version = \"0.1.0\"~~[[package]]~name = \"ring\"~version = \"0.17.8\"~checksum = \"a\"~",
                "version = 3~~[[package]]~name = \"own\"~version = \"0.1.0\"~dependencies = [~ \"ring\",~]~~[[package]]^~"
                        + "name = \"ring\"^~version = \"0.17.8\"^~",
                "# generated~version = 4~~[[package]]~name = \"own\"~version = \"0.1.0\"~~[[package]]~name = \"ring\"~"
                        + "version = \"0.17.8\"~~[[patch.unused]]~name = \"other\"~version = \"9.9.9\"~"
            })
    void reads_every_format_of_the_lock_file(String text) throws IOException {
        Path file = Files.writeString(
                folder.resolve("Cargo.lock"), text.replace("^", "\r").replace("~", "\n"));

        assertThat(CargoLock.read(file).orElseThrow())
                .containsExactly(new CargoLock.Locked("own", "0.1.0"), new CargoLock.Locked("ring", "0.17.8"));
    }

    @Test
    void has_no_lock_where_there_is_none() {
        assertThat(CargoLock.read(folder.resolve("Cargo.lock"))).isEmpty();
    }

    @Test
    void knows_crates_by_lines_that_all_have_a_source() {
        assertThat(CrateFacts.load().all())
                .hasSizeGreaterThan(50)
                .allMatch(fact -> fact.source().startsWith("https://"))
                .allMatch(fact -> fact.says().endsWith("."))
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> CrateFact.parse("ring\t*\tc\t-\tno source"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrateFact.parse("ring\t*\tcobol\t-\tIt.\thttps://x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|1.2.3|true",
                "=0.32.0|0.32.0|true",
                "=0.32.0|0.32.1|false",
                "<2.0.0|1.99.99|true",
                "<2.0.0|2.0.0-rc.1|true",
                "<2.0.0|2.0.0|false",
                ">=1.2.0,<1.3.0|1.2.9|true",
                ">=1.2.0,<1.3.0|1.10.0|false",
                ">=0.9.0|0.10.0+1.2|true",
                "=3.1.0|3.1.0+openssl|true"
            })
    void compares_versions_by_their_numbers(String condition, String version, boolean holds) {
        CrateFact fact = CrateFact.parse("a\t" + condition + "\tc\t-\tIt.\thttps://x");

        assertThat(fact.holdsFor(version)).isEqualTo(holds);
    }

    @Test
    void reads_what_is_built_with_its_features() {
        BuiltCrates crates = BuiltCrates.parse("""
                own v0.1.0 (/srv/own)\tdefault
                ort-sys v2.0.0-rc.9\tdefault,download-binaries
                cc v1.2.0\t
                cc v1.2.0 (*)
                proc v1.0.0 (proc-macro)\tx (*)
                """);

        assertThat(crates.features())
                .containsEntry(new CargoLock.Locked("ort-sys", "2.0.0-rc.9"), Set.of("default", "download-binaries"))
                .containsEntry(new CargoLock.Locked("cc", "1.2.0"), Set.of())
                .containsEntry(new CargoLock.Locked("proc", "1.0.0"), Set.of("x"));
    }

    @Test
    void takes_name_and_version_out_of_every_form_of_package_id() {
        assertThat(List.of(
                        PackageId.of("registry+https://example.org/index#serde@1.0.228"),
                        PackageId.of("path+file:///srv/demo#0.1.0"),
                        PackageId.of("git+https://example.org/demo?branch=a/b#0.1.0"),
                        PackageId.of("demo 0.1.0 (path+file:///srv/demo)")))
                .containsExactly(
                        new PackageId("serde", "1.0.228"),
                        new PackageId("demo", "0.1.0"),
                        new PackageId("demo", "0.1.0"),
                        new PackageId("demo", "0.1.0"));
    }
}
