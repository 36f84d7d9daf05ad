package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

class CargoConfigTextTest {
    private static final List<String> LINKER = List.of("target", "x86_64-unknown-linux-musl", "linker");
    private static final CargoConfigText TEXT = new CargoConfigText(
            "x86_64-unknown-linux-musl",
            Path.of("/usr/bin/x86_64-linux-gnu-gcc"),
            new CarriedCargoConfig(Map.of("net", Map.of("offline", true)), List.of()),
            Path.of("/home/runner/.cargo/config.toml"));

    @Test
    void writes_a_file_of_our_own_that_reads_as_intended() {
        TomlParseResult parsed = Toml.parse(TEXT.whole());

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.getString(LINKER)).isEqualTo("/usr/bin/x86_64-linux-gnu-gcc");
        assertThat(parsed.getBoolean("net.offline")).isTrue();
        assertThat(CargoConfigText.isOurs(TEXT.whole())).isTrue();
        assertThat(TEXT.whole()).contains("Copied from /home/runner/.cargo/config.toml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "[build]\njobs = 2",
                "[build]\r\njobs = 2\r\n",
                "[target.x86_64-unknown-linux-musl]\nrustflags = [\"-C\", \"target-cpu=x86-64-v2\"]\n",
                "[target.x86_64-unknown-linux-musl]\r\nrustflags = []",
                "[target.\"x86_64-unknown-linux-musl\"] # ours\n[alias]\nb = \"build\"\n",
                "target.x86_64-unknown-linux-musl.rustflags = []\n",
                "[net]\noffline = false\n",
                "[alias]\nx = '''\n[target.x86_64-unknown-linux-musl]\n'''\n",
                "[[bin]]\na = 1\n[[bin]]\na = 2\n[target]\nx = {}\n"
            })
    void splices_into_a_foreign_file_and_takes_itself_out_again(String foreign) {
        String spliced = TEXT.splicedInto(foreign).orElseThrow();

        TomlParseResult parsed = Toml.parse(spliced);
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.getString(LINKER)).isEqualTo("/usr/bin/x86_64-linux-gnu-gcc");
        assertThat(CargoConfigText.withoutBlock(spliced)).isEqualTo(foreign);
    }

    @Test
    void keeps_what_a_foreign_file_says_about_the_network_itself() {
        String spliced = TEXT.splicedInto("[net]\noffline = false\n").orElseThrow();

        assertThat(Toml.parse(spliced).getBoolean("net.offline")).isFalse();
    }

    @Test
    void touches_nothing_when_the_file_names_a_linker_itself() {
        assertThat(TEXT.splicedInto("[target.x86_64-unknown-linux-musl]\nlinker = \"lld\"\n"))
                .isEmpty();
    }

    @Test
    void gives_up_when_the_table_stands_in_one_line_that_cannot_be_added_to() {
        assertThat(TEXT.splicedInto("[target]\nx86_64-unknown-linux-musl = { rustflags = [] }\n"))
                .isEmpty();
    }

    @Test
    void keeps_every_byte_of_any_foreign_file() {
        Random random = new Random(20261123);
        List<String> pieces = List.of(
                "[build]\njobs = 3\n",
                "[alias] # short\nb = 'build'\n",
                "[target.x86_64-unknown-linux-musl]\nrunner = 'r'\n",
                "[target.aarch64-unknown-linux-gnu]\nlinker = 'cc'\n",
                "\n\n# ünïcode\n",
                "[env]\nA = { value = \"x\", force = true }\n",
                "[profile.release]\nlto = \"thin\"\n");
        for (int round = 0; round < 300; round++) {
            List<String> shuffled = new ArrayList<>(pieces);
            Collections.shuffle(shuffled, random);
            String foreign = String.join("", shuffled.subList(0, random.nextInt(pieces.size() + 1)));
            if (random.nextBoolean()) {
                foreign = foreign.stripTrailing();
            }
            if (random.nextBoolean()) {
                foreign = foreign.replace("\n", "\r\n");
            }
            String spliced = TEXT.splicedInto(foreign).orElseThrow();
            assertThat(CargoConfigText.withoutBlock(spliced)).isEqualTo(foreign);
            assertThat(Toml.parse(spliced).getString(LINKER)).isEqualTo("/usr/bin/x86_64-linux-gnu-gcc");
        }
    }
}
