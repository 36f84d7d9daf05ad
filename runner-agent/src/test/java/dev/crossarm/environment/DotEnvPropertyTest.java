package dev.crossarm.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Seeded, so that a failure can be repeated: the number of the file is in the message. */
final class DotEnvPropertyTest {
    private static final int FILES = 5_000;
    private static final Map<String, String> INHERITED = Map.of("PATH", "/usr/bin", "LANG", "C", "HOME", "/home/box");
    private static final List<String> OUR_KEYS = List.of("CARGO_HOME", "CC_x", "PATH", "RUSTUP_HOME");
    private static final List<String> OUR_VALUES =
            List.of("/opt/x", "a=b", "=", " blank ", "grün", "\"q\"", "/a:/b", "#");

    @Test
    void keeps_every_foreign_byte_and_reads_back_as_intended_whatever_the_file_was() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_123L);
        ForeignFiles files = new ForeignFiles(random);
        int withoutLineEnd = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] foreign = files.next();
            Map<String, String> ours = ours(random);
            DotEnv merged = DotEnv.parse(foreign).merge(ours);

            Map<String, String> expected = new TreeMap<>(RunnerEnvReader.read(foreign, INHERITED));
            expected.putAll(ours);
            assertThat(RunnerEnvReader.read(merged.bytes(), INHERITED))
                    .as("what the runner reads from file %d", i)
                    .isEqualTo(expected);
            assertThat(merged.variables())
                    .as("both readers on file %d", i)
                    .isEqualTo(RunnerEnvReader.read(merged.bytes(), Map.of()));
            assertThat(Arrays.equals(merged.merge(ours).bytes(), merged.bytes()))
                    .as("file %d merged twice is the same", i)
                    .isTrue();

            byte[] taken = merged.withoutOurs().bytes();
            boolean added = !Arrays.equals(taken, foreign);
            if (added) {
                withoutLineEnd++;
                String lineEnd =
                        new String(taken, foreign.length, taken.length - foreign.length, StandardCharsets.UTF_8);
                assertThat(lineEnd).as("the line end added to file %d", i).isIn("\n", "\r\n");
                assertThat(foreign[foreign.length - 1]).isNotIn((byte) '\n', (byte) '\r');
            }
            assertThat(Arrays.equals(Arrays.copyOf(taken, foreign.length), foreign))
                    .as("file %d keeps every byte", i)
                    .isTrue();
        }
        assertThat(withoutLineEnd).as("files that ended without a line end").isGreaterThan(FILES / 10);
    }

    @Test
    void keeps_every_foreign_byte_when_values_change_and_others_write_between_the_runs() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7L);
        ForeignFiles files = new ForeignFiles(random);
        for (int i = 0; i < FILES / 5; i++) {
            byte[] before = files.next();
            // Another tool appends to what we made, as config.sh does; a mark of byte order in mid-file is only text.
            byte[] after = files.next();
            DotEnv first = DotEnv.parse(before).merge(ours(random));
            DotEnv touched = DotEnv.parse(joined(first.bytes(), after));
            Map<String, String> ours = ours(random);
            DotEnv second = touched.merge(ours);

            Map<String, String> expected = new TreeMap<>(RunnerEnvReader.read(after, Map.of()));
            assertThat(second.variables()).as("file %d", i).containsAllEntriesOf(ours);
            assertThat(Arrays.equals(second.merge(ours).bytes(), second.bytes()))
                    .as("file %d merged twice is the same", i)
                    .isTrue();
            byte[] foreign = joined(first.withoutOurs().bytes(), after);
            assertThat(Arrays.equals(Arrays.copyOf(second.withoutOurs().bytes(), foreign.length), foreign))
                    .as("file %d keeps every byte", i)
                    .isTrue();
            expected.keySet().removeAll(ours.keySet());
            if (!startsWithMark(after)) {
                assertThat(second.variables()).as("file %d", i).containsAllEntriesOf(expected);
            }
        }
    }

    private static boolean startsWithMark(byte[] file) {
        return file.length > 2 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static Map<String, String> ours(RandomGenerator random) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (String key : OUR_KEYS) {
            if (random.nextInt(4) > 0 || ours.isEmpty()) {
                ours.put(key, OUR_VALUES.get(random.nextInt(OUR_VALUES.size())));
            }
        }
        return ours;
    }
}
