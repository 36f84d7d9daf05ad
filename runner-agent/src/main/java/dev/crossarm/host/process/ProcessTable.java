package dev.crossarm.host.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The processes of the machine at one moment, from {@code /proc/<pid>/stat} (proc(5)). */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    // Places of the fields behind the name in parentheses.
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    /**
     * One process.
     *
     * @param start ticks from boot to its start: with the pid it is unique
     */
    record Entry(long pid, long start) {}

    private record Row(Entry entry, long parent, long session, boolean dead) {}

    private final Map<Long, Row> rows;

    private ProcessTable(Map<Long, Row> rows) {
        this.rows = rows;
    }

    static ProcessTable now() {
        Map<Long, Row> rows = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                read(entry).ifPresent(row -> rows.put(row.entry().pid(), row));
            }
        } catch (IOException | DirectoryIteratorException noProc) {
            return new ProcessTable(Map.of());
        }
        return new ProcessTable(rows);
    }

    private static Optional<Row> read(Path process) {
        try {
            return Optional.of(parse(Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private static Row parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        String[] fields = stat.substring(close + 2).split(" ", -1);
        Entry entry = new Entry(Long.parseLong(stat.substring(0, open).strip()), Long.parseLong(fields[START]));
        boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
        return new Row(entry, Long.parseLong(fields[PARENT]), Long.parseLong(fields[SESSION]), dead);
    }

    /** The living processes of this leader: itself, its session, and all their descendants. */
    Set<Entry> family(long leader) {
        Set<Long> pids = new HashSet<>();
        pids.add(leader);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Row row : rows.values()) {
                if (row.session() == leader || pids.contains(row.parent())) {
                    grown |= pids.add(row.entry().pid());
                }
            }
        }
        Set<Entry> family = new HashSet<>();
        for (long pid : pids) {
            Row row = rows.get(pid);
            if (row != null && !row.dead()) {
                family.add(row.entry());
            }
        }
        return family;
    }

    boolean lives(Entry entry) {
        Row row = rows.get(entry.pid());
        return row != null && row.entry().equals(entry) && !row.dead();
    }
}
