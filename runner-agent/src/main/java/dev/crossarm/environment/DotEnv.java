package dev.crossarm.environment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A runner's {@code .env}, kept as the bytes it consists of. Immutable.
 *
 * <p>It is read as the runner reads it (actions/runner, {@code src/Runner.Listener/Program.cs}, LoadAndSetEnv): UTF-8, a byte
 * order mark tolerated; LF, CRLF and a lone CR each end a line; a line that is empty, holds no {@code =} or begins with {@code =} is
 * ignored, and there is no other comment syntax; key and value part at the first {@code =}; nothing is trimmed,
 * unquoted or expanded; the last line of a key wins; an empty value unsets the variable.
 *
 * <p>Because the last one wins, our keys need not replace anybody's: they stand in one block between two marker lines that
 * hold no {@code =}, and foreign lines stay where and as they are, those of the same key too. The first marker names the keys, so a
 * line that someone puts inside the block is still known to be foreign. Taking the block out gives the file as it was. One
 * foreign change is permitted, because the block could not follow otherwise and because {@code config.sh} appends without looking: a
 * missing line end of the last line is added.
 */
public final class DotEnv {
    /** What Linux takes as one string of an environment, with its closing NUL: 32 pages of 4 KiB. */
    static final int LONGEST = 32 * 4096 - 1;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] bytes;
    private final int head;
    private final List<DotEnvLine> lines;
    private final DotEnvBlock block;

    private DotEnv(byte[] bytes) {
        this.bytes = bytes;
        this.head = startsWith(bytes, BOM) ? BOM.length : 0;
        this.lines = DotEnvLine.split(bytes, head);
        this.block = DotEnvBlock.find(lines);
    }

    /** The file that is not there yet. */
    public static DotEnv empty() {
        return new DotEnv(new byte[0]);
    }

    /**
     * Any bytes are a {@code .env}, even malformed UTF-8, which the runner replaces.
     *
     * @throws dev.crossarm.problem.CrossarmException (65) when a byte order mark says UTF-16 or UTF-32: the runner would follow it,
     *     and nothing could be added in UTF-8
     */
    public static DotEnv parse(byte[] content) {
        if (startsWith(content, new byte[] {(byte) 0xFF, (byte) 0xFE})
                || startsWith(content, new byte[] {(byte) 0xFE, (byte) 0xFF})
                || startsWith(content, new byte[] {0, 0, (byte) 0xFE, (byte) 0xFF})) {
            throw EnvironmentProblems.notUtf8().asException();
        }
        return new DotEnv(content.clone());
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Every variable the runner gets from this file; what the file unsets is not in it. */
    public Map<String, String> variables() {
        return read(lines);
    }

    /** What the runner gets for this key; empty when the file says nothing of it or unsets it. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(variables().get(key));
    }

    /** What the runner would get for this key if our block were not there. */
    public Optional<String> foreignValue(String key) {
        return Optional.ofNullable(read(block.foreign()).get(key));
    }

    /** The keys our block holds; empty when there is none. */
    public Set<String> ourKeys() {
        return Collections.unmodifiableSet(block.ours().keySet());
    }

    /** Whether anything in the file is ours, be it a left-over marker. */
    public boolean hasOurs() {
        return block.place().isPresent();
    }

    /** The keys that foreign lines give a value to or unset, although ours come later and win. */
    public List<String> overruledKeys() {
        List<String> keys = new ArrayList<>();
        for (DotEnvLine line : block.foreign()) {
            line.key()
                    .filter(key -> block.ours().containsKey(key) && !keys.contains(key))
                    .ifPresent(keys::add);
        }
        return List.copyOf(keys);
    }

    /** Whether our block holds exactly these values, in this order, and each is what the runner gets. */
    public boolean holds(Map<String, String> ours) {
        Map<String, String> read = variables();
        return block.whole()
                && List.copyOf(block.ours().entrySet()).equals(List.copyOf(ours.entrySet()))
                && ours.entrySet().stream()
                        .allMatch(entry -> Objects.equals(read.get(entry.getKey()), entry.getValue()));
    }

    /**
     * The file with these values in our block and no others. The block stays where it is as long as its values win there, else it goes
     * to the end. Its lines end in CRLF when the file's first line does, else in LF. The same file when it
     * {@linkplain #holds holds} them already.
     *
     * @throws dev.crossarm.problem.CrossarmException (65) naming the key, when a key or a value cannot stand in a {@code .env}
     */
    public DotEnv merge(Map<String, String> ours) {
        ours.forEach(DotEnv::require);
        if (ours.isEmpty()) {
            return withoutOurs();
        }
        if (holds(ours)) {
            return this;
        }
        int end = block.foreign().size();
        DotEnv inPlace = put(ours, block.place().orElse(end));
        return inPlace.holds(ours) ? inPlace : put(ours, end);
    }

    /** The file without our block: every foreign byte and nothing else. */
    public DotEnv withoutOurs() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, head);
        block.foreign().forEach(line -> out.writeBytes(line.whole()));
        return new DotEnv(out.toByteArray());
    }

    List<DotEnvLine> lines() {
        return lines;
    }

    private DotEnv put(Map<String, String> ours, int place) {
        String lineEnd = lines.isEmpty() || !lines.get(0).endsInCrLf() ? "\n" : "\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, head);
        for (int i = 0; i <= block.foreign().size(); i++) {
            if (i == place) {
                out.writeBytes(DotEnvBlock.render(ours, lineEnd).getBytes(StandardCharsets.UTF_8));
            }
            if (i < block.foreign().size()) {
                DotEnvLine line = block.foreign().get(i);
                out.writeBytes(line.whole());
                if (!line.ended()) {
                    out.writeBytes(lineEnd.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return new DotEnv(out.toByteArray());
    }

    private static Map<String, String> read(List<DotEnvLine> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (DotEnvLine line : lines) {
            line.key().ifPresent(key -> {
                if (line.value().isEmpty()) {
                    variables.remove(key);
                } else {
                    variables.put(key, line.value());
                }
            });
        }
        return Collections.unmodifiableMap(variables);
    }

    private static void require(String key, String value) {
        if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw EnvironmentProblems.badName(key).asException();
        }
        if (value.isEmpty()) {
            throw EnvironmentProblems.badValue(key, "is empty, which would unset it")
                    .asException();
        }
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw EnvironmentProblems.badValue(key, "contains a line break or NUL, which a .env cannot express")
                    .asException();
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw EnvironmentProblems.badValue(key, "cannot be encoded in UTF-8")
                    .asException();
        }
        if ((key + "=" + value).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw EnvironmentProblems.badValue(
                            key, "is longer than the " + LONGEST + " bytes that Linux passes to a" + " program")
                    .asException();
        }
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length
                && java.util.Arrays.equals(content, 0, start.length, start, 0, start.length);
    }
}
