package dev.crossarm.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TailBufferTest {

    @Test
    void keeps_all_when_it_fits() {
        TailBuffer buffer = new TailBuffer(10);
        add(buffer, "01234");
        add(buffer, "56789");

        assertThat(buffer.bytes()).asString(UTF_8).isEqualTo("0123456789");
        assertThat(buffer.dropped()).isZero();
    }

    @Test
    void keeps_just_the_last_bytes_of_any_sequence_of_chunks() {
        SplittableRandom random = new SplittableRandom(20261123);
        for (int round = 0; round < 2000; round++) {
            int limit = random.nextInt(1, 50);
            TailBuffer buffer = new TailBuffer(limit);
            StringBuilder all = new StringBuilder();
            for (int chunks = random.nextInt(20); chunks > 0; chunks--) {
                String chunk = random.ints(random.nextInt(90), 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                all.append(chunk);
                add(buffer, chunk);
            }
            int dropped = Math.max(0, all.length() - limit);
            assertThat(buffer.bytes()).as("limit %d", limit).asString(UTF_8).isEqualTo(all.substring(dropped));
            assertThat(buffer.dropped()).isEqualTo(dropped);
        }
    }

    private static void add(TailBuffer buffer, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        buffer.add(bytes, bytes.length);
    }
}
