package dev.crossarm.runner.env;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the step remembers of each runner it has written to.
 *
 * @param runners one entry a runner
 */
record RunnerReceipt(List<Entry> runners) {

    static final RunnerReceipt NONE = new RunnerReceipt(List.of());

    /**
     * One runner. Texts of files are their bytes, one character a byte, so that any bytes come back as they were.
     *
     * @param directory its root
     * @param madeEnv whether there was no {@code .env} before
     * @param madePath whether there was no {@code .path} before
     * @param pathBefore what {@code .path} held before, empty when there was none
     * @param pathWritten what we wrote to {@code .path}; two values while one is being put in the other's place
     */
    record Entry(String directory, boolean madeEnv, boolean madePath, String pathBefore, List<String> pathWritten) {
        Entry {
            pathWritten = List.copyOf(pathWritten);
        }

        static Entry of(Path directory) {
            return new Entry(directory.toString(), false, false, "", List.of());
        }

        Entry withMadeEnv(boolean made) {
            return new Entry(directory, made, madePath, pathBefore, pathWritten);
        }

        Entry withPath(boolean made, String before, List<String> written) {
            return new Entry(directory, madeEnv, made, before, written);
        }
    }

    RunnerReceipt {
        runners = List.copyOf(runners);
    }

    Optional<Entry> of(Path directory) {
        return runners.stream()
                .filter(entry -> entry.directory().equals(directory.toString()))
                .findFirst();
    }

    /** This receipt without the runner in this directory. */
    RunnerReceipt without(Path directory) {
        return new RunnerReceipt(runners.stream()
                .filter(entry -> !entry.directory().equals(directory.toString()))
                .toList());
    }

    /** This receipt with the entry in place of the one of the same directory. */
    RunnerReceipt with(Entry entry) {
        List<Entry> all = new ArrayList<>(runners);
        all.removeIf(other -> other.directory().equals(entry.directory()));
        all.add(entry);
        return new RunnerReceipt(all);
    }
}
