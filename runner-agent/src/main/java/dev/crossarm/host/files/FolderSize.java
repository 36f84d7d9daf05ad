package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much a folder holds. */
public final class FolderSize {

    private FolderSize() {}

    /** Bytes of what can be read; links are not followed, and a file with several names counts once. */
    public static long of(Path folder) {
        Set<Object> seen = new HashSet<>();
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Object key = attributes.fileKey();
                    if (key == null || seen.add(key)) {
                        sum[0] += attributes.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException none) {
            return sum[0];
        }
        return sum[0];
    }
}
