package dev.crossarm.runner.service;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What our hooks wrote: a file for each event of a job, named by its time, so that names sort by it.
 *
 * @param folder the account's of the jobs
 */
record JobRecords(Path folder) {
    /** Of a runner; a job has two. */
    static final int KEPT = 1000;

    private static final int MOST = 100_000;

    /** Deletes the oldest beyond {@link #KEPT}; what cannot be deleted stays. For the supervisor, whose folder it is. */
    void keepNewest(HostFiles files) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "*.json")) {
            for (Path record : records) {
                found.add(record);
                if (found.size() > MOST) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            return;
        }
        found.sort(Comparator.comparing(Path::toString));
        for (Path old : found.subList(0, Math.max(0, found.size() - KEPT))) {
            try {
                files.delete(old);
            } catch (CrossarmException kept) {
                return;
            }
        }
    }
}
