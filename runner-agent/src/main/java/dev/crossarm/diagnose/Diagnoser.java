package dev.crossarm.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of a build line by line and says what went wrong. Takes cargo's text and its JSON messages, mixed as
 * they come, with colours and with the time stamps of a runner's log. Remembers a few lines, whatever the length of the
 * log. Not thread-safe.
 */
public final class Diagnoser {
    private static final int LONGEST = 64 * 1024;
    private static final int SHOWN = 500;

    /** What cargo repeats about a failure after it has said what it is. */
    private static final Pattern CONSEQUENCE = Pattern.compile(
            "could not compile `|aborting due to|build failed|failed to run custom build command for|error: test failed"
                    + "|process didn't exit successfully|collect2: error|linker command failed|linking with `.*` failed"
                    + "|error occurred in cc-rs|cargo:warning=");

    private static final Pattern ERROR =
            Pattern.compile("^error(?:\\[E\\d+])?: .+|(?:^|[: ])(?:fatal )?error: .+|panicked at ");

    private static final List<Pattern> CRATES = List.of(
            Pattern.compile("^warning: ([A-Za-z0-9_-]+)@(\\d\\S*): "),
            Pattern.compile("failed to run custom build command for `([A-Za-z0-9_-]+) v([^` ]+)"),
            Pattern.compile("could not compile `([A-Za-z0-9_-]+)`()"));

    private static final Pattern FINISHED = Pattern.compile("^ +Finished .*target\\(s\\)");

    private final LogText text = new LogText();
    private final @Nullable Found[] found = new Found[FailureClasses.ALL.size()];
    private @Nullable Found firstError;
    private @Nullable Found firstConsequence;
    private @Nullable String crate;
    private boolean crateIsFirm;
    private boolean failed;
    private long number;

    /** What stood in a line; the crate becomes known then or later. */
    private static final class Found {
        private final String line;
        private final long number;
        private final List<String> groups;
        private @Nullable String crate;

        Found(String line, long number, List<String> groups, @Nullable String crate) {
            this.line = line;
            this.number = number;
            this.groups = groups;
            this.crate = crate;
        }
    }

    /** The next line of the log, without its line end. */
    public void line(String raw) {
        number++;
        for (String line : text.lines(raw)) {
            one(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        }
    }

    private void one(String line) {
        if (line.startsWith("  = note:  \"")) {
            return; // the linker's own command line, which names every library there is
        }
        if (FINISHED.matcher(line).find() && !failed) {
            forget(); // what build scripts tried and could do without
        }
        failed |= line.startsWith("error");
        crate(line);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null) {
                Matcher matcher = FailureClasses.ALL.get(i).pattern().matcher(line);
                if (matcher.find()) {
                    found[i] = new Found(line, number, groups(matcher), crateIsFirm ? crate : null);
                }
            }
        }
        if (ERROR.matcher(line).find()) {
            if (CONSEQUENCE.matcher(line).find()) {
                firstConsequence =
                        firstConsequence == null ? new Found(line, number, List.of(), crate) : firstConsequence;
            } else if (firstError == null) {
                firstError = new Found(line, number, List.of(), crateIsFirm ? crate : null);
            }
        }
    }

    private void forget() {
        Arrays.fill(found, null);
        firstError = null;
        firstConsequence = null;
    }

    /** A warning's crate holds for its line; an error's for what was seen before it and has none yet. */
    private void crate(String line) {
        crateIsFirm = false;
        for (int i = 0; i < CRATES.size(); i++) {
            Matcher matcher = CRATES.get(i).matcher(line);
            if (matcher.find()) {
                crate = (matcher.group(1) + " " + matcher.group(2)).strip();
                crateIsFirm = true;
                if (i > 0) {
                    settle(crate);
                }
                return;
            }
        }
        // What a failed build script wrote comes indented below the line that names the crate.
        crateIsFirm = line.startsWith("  ") && crate != null && !line.startsWith("  = ") && !line.startsWith("   ");
    }

    private void settle(String name) {
        for (Found one : found) {
            if (one != null && one.crate == null) {
                one.crate = name;
            }
        }
        if (firstError != null && firstError.crate == null) {
            firstError.crate = name;
        }
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        groups.add(matcher.group());
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                groups.add(matcher.group(i));
            }
        }
        return groups;
    }

    /** What the lines so far say; empty when nothing in them is an error. */
    public Optional<Diagnosis> diagnosis() {
        for (int i = 0; i < found.length; i++) {
            Found one = found[i];
            // A pattern may also stand in a warning of a build that went on: without any error it explains nothing.
            if (one != null && (firstError != null || firstConsequence != null)) {
                return Optional.of(explained(FailureClasses.ALL.get(i), one));
            }
        }
        return Optional.ofNullable(firstError != null ? firstError : firstConsequence)
                .map(error -> new Diagnosis(
                        Optional.empty(),
                        "The build failed, and this is no failure that crossarm knows. The first error is: "
                                + shown(error.line),
                        List.of(),
                        shown(error.line),
                        error.number,
                        Optional.ofNullable(error.crate)));
    }

    private static Diagnosis explained(FailureClass failure, Found one) {
        String explanation = failure.explanation();
        for (int i = 0; i < 2; i++) {
            String with = i < one.groups.size() ? one.groups.get(i) : "see the line below";
            explanation = explanation.replace("{" + i + "}", shown(with));
        }
        return new Diagnosis(
                Optional.of(failure),
                explanation,
                failure.remedies(),
                shown(one.line),
                one.number,
                Optional.ofNullable(one.crate));
    }

    private static String shown(String line) {
        String whole = line.strip();
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...";
    }
}
