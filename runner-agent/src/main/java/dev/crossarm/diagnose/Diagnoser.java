package dev.crossarm.diagnose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** What a build script reports, whether it ends well or not. */
    private static final Pattern REPORT = Pattern.compile("^warning: ([A-Za-z0-9_-]+)@(\\d\\S*): ");

    private static final List<Pattern> FAILED_CRATES = List.of(
            Pattern.compile("failed to run custom build command for `([A-Za-z0-9_-]+) v([^` ]+)"),
            Pattern.compile("could not compile `([A-Za-z0-9_-]+)`()"));

    private static final Pattern FINISHED = Pattern.compile("^ +Finished .*target\\(s\\)");

    private final LogText text = new LogText();
    private final List<Sightings> found =
            Stream.generate(Sightings::new).limit(FailureClasses.ALL.size()).toList();
    private final Sightings errors = new Sightings();
    private final Sightings consequences = new Sightings();
    private final Set<String> failedCrates = new HashSet<>();
    private @Nullable String crate;
    private @Nullable String reporter;
    private boolean crateIsFirm;
    private boolean failed;
    private long number;

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
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).wanted(reporter)) {
                Matcher matcher = FailureClasses.ALL.get(i).pattern().matcher(line);
                if (matcher.find()) {
                    found.get(i).add(seen(line, groups(matcher), crateIsFirm), reporter);
                }
            }
        }
        if (ERROR.matcher(line).find()) {
            boolean consequence = CONSEQUENCE.matcher(line).find();
            Sightings sightings = consequence ? consequences : errors;
            if (sightings.wanted(reporter)) {
                sightings.add(seen(line, List.of(), consequence || crateIsFirm), reporter);
            }
        }
    }

    private Sightings.Sighting seen(String line, List<String> groups, boolean ofCrate) {
        return new Sightings.Sighting(line, number, groups, ofCrate ? crate : null);
    }

    private void forget() {
        found.forEach(Sightings::forget);
        errors.forget();
        consequences.forget();
    }

    /** A report's crate holds for its line; a failed one's for what was seen before it and has none yet. */
    private void crate(String line) {
        reporter = null;
        Matcher report = REPORT.matcher(line);
        if (report.find()) {
            reporter = report.group(1);
            crate = report.group(1) + " " + report.group(2);
            crateIsFirm = true;
            return;
        }
        for (Pattern pattern : FAILED_CRATES) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                String name = (matcher.group(1) + " " + matcher.group(2)).strip();
                crate = name;
                crateIsFirm = true;
                failedCrates.add(matcher.group(1));
                found.forEach(sightings -> sightings.settle(name));
                errors.settle(name);
                return;
            }
        }
        // What a failed build script wrote comes indented below the line that names the crate.
        crateIsFirm = line.startsWith("  ") && crate != null && !line.startsWith("  = ") && !line.startsWith("   ");
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
        Optional<Sightings.Sighting> error = errors.first(failedCrates).or(() -> consequences.first(failedCrates));
        // A pattern may also stand in a warning of a build that went on: without any error it explains nothing.
        for (int i = 0; error.isPresent() && i < found.size(); i++) {
            Optional<Sightings.Sighting> one = found.get(i).first(failedCrates);
            if (one.isPresent()) {
                return Optional.of(explained(FailureClasses.ALL.get(i), one.get()));
            }
        }
        return error.map(first -> new Diagnosis(
                Optional.empty(),
                "The build failed, and crossarm doesn't recognise the failure. The first error is: "
                        + shown(first.line()),
                List.of(),
                shown(first.line()),
                first.number(),
                Optional.ofNullable(first.crate())));
    }

    private static Diagnosis explained(FailureClass failure, Sightings.Sighting one) {
        String explanation = failure.explanation();
        for (int i = 0; i < 2; i++) {
            String with = i < one.groups().size() ? one.groups().get(i) : "see the line below";
            explanation = explanation.replace("{" + i + "}", shown(with));
        }
        return new Diagnosis(
                Optional.of(failure),
                explanation,
                failure.remedies(),
                shown(one.line()),
                one.number(),
                Optional.ofNullable(one.crate()));
    }

    private static String shown(String line) {
        String whole = line.strip();
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...";
    }
}
