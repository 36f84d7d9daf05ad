package dev.crossarm.cli.display;

import dev.crossarm.plan.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes of a step for people: many links made, or files removed, one after the other in one folder, are one line. */
final class FoldedChanges {
    /** From this many on. */
    private static final int MANY = 5;

    private FoldedChanges() {}

    static List<String> of(List<Change> changes) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < changes.size(); ) {
            int to = from + 1;
            while (to < changes.size() && alike(changes.get(from), changes.get(to))) {
                to++;
            }
            List<Change> run = changes.subList(from, to);
            if (run.size() < MANY) {
                run.forEach(change -> lines.add(change.summary()));
            } else {
                lines.add(folded(run));
            }
            from = to;
        }
        return lines;
    }

    private static boolean alike(Change first, Change other) {
        return first.kind() == other.kind()
                && folder(first).isPresent()
                && folder(first).equals(folder(other));
    }

    /** Where a link is made or a file removed, and nothing else is said of it. */
    private static Optional<Path> folder(Change change) {
        boolean plain = (change.kind() == Change.Kind.LINK
                        && change.summary().startsWith("link " + change.target() + " to "))
                || (change.kind() == Change.Kind.DELETE && change.summary().equals("remove " + change.target()));
        return change.place().filter(place -> plain).map(Path::getParent);
    }

    private static String folded(List<Change> run) {
        Path folder = folder(run.get(0)).orElseThrow();
        return run.get(0).kind() == Change.Kind.LINK
                ? "link " + run.size() + " programs into " + folder
                : "remove " + run.size() + " files from " + folder;
    }
}
