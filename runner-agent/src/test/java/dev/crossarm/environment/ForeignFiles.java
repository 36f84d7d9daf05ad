package dev.crossarm.environment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes .env files such as people, scripts and accidents leave behind. */
final class ForeignFiles {
    private static final List<String> KEYS = List.of(
            "LANG", "JAVA_HOME", "CARGO_HOME", "PATH", "CC_x", "https_proxy", "ä", "日本", "A B", " C", "export D");
    private static final List<String> VALUES = List.of(
            "",
            "C.UTF-8",
            "a=b=c",
            "=",
            "==x",
            " blank ",
            "\"quoted\"",
            "'x'",
            "$HOME/bin",
            "grün",
            "日本語",
            "\t",
            "#x",
            "\u0085y");
    private static final List<String> ODDITIES = List.of(
            "",
            "no separator",
            "=starts with it",
            "=",
            "# comment",
            "#A=b",
            "# BEGIN ansible",
            "\u2028",
            "# crossarm",
            "# crossarm end",
            "# crossarm beginning");
    private static final List<String> LINE_ENDS = List.of("\n", "\n", "\r\n", "\r");

    private final RandomGenerator random;

    ForeignFiles(RandomGenerator random) {
        this.random = random;
    }

    byte[] next() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(8) == 0) {
            out.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        }
        String lineEnd = pick(LINE_ENDS);
        boolean mixed = random.nextInt(6) == 0;
        int count = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(12);
        for (int i = 0; i < count; i++) {
            out.writeBytes(line());
            if (i + 1 < count || random.nextBoolean()) {
                out.writeBytes((mixed ? pick(LINE_ENDS) : lineEnd).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private byte[] line() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> pick(ODDITIES).getBytes(StandardCharsets.UTF_8);
            case 2 -> invalid();
            case 3 ->
                (random.nextInt(20) == 0 ? "BIG=" + "x".repeat(128 * 1024) : "E=1").getBytes(StandardCharsets.UTF_8);
            default -> (pick(KEYS) + "=" + pick(VALUES)).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Bytes that are not UTF-8. A first byte of UTF-16's mark would make it another kind of file, which has its own test. */
    private byte[] invalid() {
        byte[] bytes = new byte[1 + random.nextInt(30)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (0x80 | random.nextInt(0x40));
        return bytes;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
