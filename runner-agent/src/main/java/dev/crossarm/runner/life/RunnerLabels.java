package dev.crossarm.runner.life;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels of a runner. All are given by us, also those that GitHub would give: its own cannot be taken away, and a drain has to
 * take away every label by which a job may ask for the runner.
 */
final class RunnerLabels {
    static final String CROSSARM = "crossarm";
    private static final int LONGEST = 256;
    private static final int MOST = 100;

    private RunnerLabels() {}

    /**
     * The labels to register with, each once: GitHub compares them without regard to case.
     *
     * @param architecture as {@code uname -m} prints it
     * @param proven triples for which this machine was proved to build
     * @param more as the user gave them
     * @throws dev.crossarm.problem.CrossarmException (64) when one of them is none
     */
    static List<String> of(String architecture, List<String> proven, List<String> more) {
        List<String> all = new ArrayList<>(List.of("self-hosted", "Linux", architecture(architecture), CROSSARM));
        proven.forEach(triple -> all.add(ofTarget(triple)));
        for (String label : more) {
            String plain = label.strip();
            requireLabel(plain);
            all.add(plain);
        }
        Set<String> seen = new TreeSet<>();
        all.removeIf(label -> !seen.add(label.toLowerCase(Locale.ROOT)));
        if (all.size() > MOST) {
            throw wrong("a runner can have " + MOST + " labels, and these are " + all.size());
        }
        return all;
    }

    private static String architecture(String machine) {
        return switch (machine) {
            case "aarch64" -> "ARM64";
            case "x86_64" -> "X64";
            default -> machine;
        };
    }

    /** {@code x86_64-musl} for {@code x86_64-unknown-linux-musl}. */
    static String ofTarget(String triple) {
        String[] parts = triple.split("-", -1);
        return parts[0] + "-" + parts[parts.length - 1];
    }

    /** The only label of a runner that is being drained: no job asks for it. */
    static String ofDrain(long id) {
        return "crossarm-drain-" + id;
    }

    private static void requireLabel(String label) {
        String shown = Printable.cut(Printable.line(label), 60);
        if (label.isEmpty()) {
            throw wrong("a label is empty");
        }
        if (label.length() > LONGEST) {
            throw wrong("the label " + shown + " has " + label.length() + " characters, and GitHub allows " + LONGEST);
        }
        // The runner's script passes its arguments on without quotation marks.
        if (!label.matches("[\\p{Alnum}._:/@+-]+")) {
            throw wrong("the label " + shown + " has characters other than letters, digits and . _ : / @ + -");
        }
    }

    private static RuntimeException wrong(String what) {
        return Problem.of(ExitStatus.USAGE, "runner-label", what, "Give labels like this: --labels gpu,big-disk")
                .asException();
    }

    /** Whether both are the same labels, in any order and case. */
    static boolean same(List<String> one, List<String> other) {
        return lower(one).equals(lower(other));
    }

    private static Set<String> lower(List<String> labels) {
        Set<String> all = new TreeSet<>();
        labels.forEach(label -> all.add(label.toLowerCase(Locale.ROOT)));
        return all;
    }
}
