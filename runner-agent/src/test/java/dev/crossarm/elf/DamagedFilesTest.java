package dev.crossarm.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, cut and scribbled over: each is read, or refused with a reason and an offset, quickly. */
final class DamagedFilesTest {
    private static final int FILES = 10_000;
    private static final long SEED = 20261123;
    private static final long[] NASTY = {
        0, 1, 3, 0x7fffffffL, 0xffffffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1, -8
    };

    @TempDir
    static Path directory;

    @Test
    void ten_thousand_damaged_files_are_read_or_refused_with_a_reason() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (Path file : new ElfSamples(directory).all()) {
            originals.add(Files.readAllBytes(file));
        }
        Random random = new Random(SEED);
        int refused = 0;
        int read = 0;
        long slowest = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] content = originals.get(i % originals.size()).clone();
            int length = content.length;
            if (random.nextInt(4) == 0) {
                length = random.nextBoolean() ? random.nextInt(content.length) : content.length - random.nextInt(100);
            }
            for (int j = random.nextInt(8); j > 0; j--) {
                scribble(content, random);
            }
            long start = System.nanoTime();
            try {
                assertThat(ElfReader.read(new BytesChannel(content, length), "damaged")
                                .size())
                        .isEqualTo(length);
                read++;
            } catch (CrossarmException e) {
                assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA);
                assertThat(e.problem().code()).isIn("elf-malformed", "not-elf");
                refused++;
            } catch (RuntimeException e) {
                fail("file " + i + " of seed " + SEED, e);
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        assertThat(refused).isGreaterThan(FILES / 4);
        assertThat(read).isGreaterThan(FILES / 10);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
    }

    /** Changes something where it hurts: the headers at the start, the section headers at the end, or anywhere. */
    private static void scribble(byte[] content, Random random) {
        int at = switch (random.nextInt(4)) {
            case 0 -> 16 + random.nextInt(Math.min(48, content.length - 24));
            case 1 -> random.nextInt(Math.min(1024, content.length - 8));
            case 2 -> content.length - 8 - random.nextInt(Math.min(4096, content.length - 8));
            default -> random.nextInt(content.length - 8);
        };
        if (random.nextBoolean()) {
            content[at] = (byte) random.nextInt(256);
            return;
        }
        long value = random.nextInt(3) == 0 ? random.nextInt(content.length * 2) : NASTY[random.nextInt(NASTY.length)];
        int width = random.nextBoolean() ? 8 : 4;
        for (int i = 0; i < width; i++) {
            content[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
