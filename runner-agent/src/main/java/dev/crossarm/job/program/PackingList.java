package dev.crossarm.job.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What goes into a zip or archive: each name once, in the order of the names whatever the order they were given in. */
final class PackingList {
    private final Map<String, PackedEntry> entries = new TreeMap<>();

    private PackingList() {}

    /**
     * @throws dev.crossarm.problem.CrossarmException when two files claim one name, or one needs a folder where another
     *     is a file (65)
     */
    static PackingList of(List<PackedEntry> wanted) {
        PackingList list = new PackingList();
        for (PackedEntry entry : wanted) {
            PackedEntry other = list.entries.putIfAbsent(entry.name(), entry);
            if (other != null) {
                throw PackingProblems.nameTaken(entry.name(), other.source(), entry.source())
                        .asException();
            }
        }
        list.folders().forEach(folder -> {
            PackedEntry file = list.entries.get(folder);
            if (file != null) {
                throw PackingProblems.fileAndFolder(folder, file.source()).asException();
            }
        });
        return list;
    }

    List<PackedEntry> files() {
        return new ArrayList<>(entries.values());
    }

    /** Every folder something lies in, parents before children, without a final slash. */
    Set<String> folders() {
        Set<String> folders = new TreeSet<>();
        for (String name : entries.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash));
            }
        }
        return folders;
    }
}
