package dev.crossarm.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Everything a directory tree shows of itself.
 *
 * @param entries by path relative to the top, the top itself as the empty path
 */
record TreeSnapshot(Map<String, Entry> entries) {
    private static final int SHOWN = 2000;

    /**
     * @param content content or fingerprint of a file, destination of a link, {@code directory}, or {@code special}
     * @param access mode, user id and group id
     * @param changed time of the last change of content or attributes, which nothing can set back
     */
    record Entry(String content, String access, String changed) {
        boolean same(Entry other) {
            return content.equals(other.content) && access.equals(other.access);
        }
    }

    TreeSnapshot {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    static TreeSnapshot of(Path top) throws IOException {
        Map<String, Entry> found = new TreeMap<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                found.put(top.relativize(path).toString(), entry(path, attributes));
                return FileVisitResult.CONTINUE;
            }
        });
        return new TreeSnapshot(found);
    }

    private static Entry entry(Path path, BasicFileAttributes attributes) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:uid,gid,ctime,mode", LinkOption.NOFOLLOW_LINKS);
        String content = "special";
        if (attributes.isDirectory()) {
            content = "directory";
        } else if (attributes.isSymbolicLink()) {
            content = "link to " + Files.readSymbolicLink(path);
        } else if (attributes.isRegularFile()) {
            content = identity(Files.readAllBytes(path));
        }
        String access = Integer.toOctalString((Integer) Objects.requireNonNull(unix.get("mode"))) + " "
                + unix.get("uid") + ":" + unix.get("gid");
        return new Entry(content, access, String.valueOf(unix.get("ctime")));
    }

    /** A short content is itself, so that a failure shows it. */
    private static String identity(byte[] content) {
        return content.length <= SHOWN
                ? "'" + new String(content, StandardCharsets.ISO_8859_1) + "'"
                : Fingerprint.of(content).value();
    }

    /** What was touched at all, even when it was put back as it was. */
    List<String> touchedSince(TreeSnapshot before) {
        return compare(before, (name, one, other) -> one.equals(other));
    }

    /** What is different in name, kind, content, mode or owner; of those in {@code anyContent} only the name counts. */
    List<String> differencesTo(TreeSnapshot other, Predicate<String> anyContent) {
        return compare(other, (name, one, two) -> anyContent.test(name) || one.same(two));
    }

    private interface Sameness {
        boolean same(String name, Entry one, Entry two);
    }

    private List<String> compare(TreeSnapshot other, Sameness sameness) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(other.entries.keySet());
        for (String name : names) {
            Entry here = entries.get(name);
            Entry there = other.entries.get(name);
            if (here == null) {
                differences.add(name + ": missing");
            } else if (there == null) {
                differences.add(name + ": new");
            } else if (!sameness.same(name, here, there)) {
                differences.add(name + ": was " + there + ", is " + here);
            }
        }
        return differences;
    }
}
