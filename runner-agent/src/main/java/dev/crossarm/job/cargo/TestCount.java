package dev.crossarm.job.cargo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up what Rust's test programs say at their end. Others, with a harness of their own, count nothing. */
public final class TestCount {
    private static final Pattern RESULT =
            Pattern.compile("^test result: .*?(\\d{1,9}) passed; (\\d{1,9}) failed; (\\d{1,9}) ignored;");

    /** libtest's line for a test that failed, such as {@code test tests::adds ... FAILED}. */
    private static final Pattern FAILURE = Pattern.compile("^test (\\S+)(?: - should panic)? \\.\\.\\. FAILED$");

    private static final int NAMES = 10;

    private final List<String> names = new ArrayList<>();
    private int passed;
    private int failed;
    private int ignored;

    /** A line of the output, without colours. */
    void line(String line) {
        if (line.startsWith("test result: ")) {
            Matcher matcher = RESULT.matcher(line);
            if (matcher.find()) {
                passed += Integer.parseInt(matcher.group(1));
                failed += Integer.parseInt(matcher.group(2));
                ignored += Integer.parseInt(matcher.group(3));
            }
        } else if (names.size() < NAMES && line.endsWith(" FAILED")) {
            Matcher matcher = FAILURE.matcher(line);
            if (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
    }

    public TestRun result(boolean good, java.time.Duration elapsed) {
        return new TestRun(good, passed, failed, ignored, elapsed);
    }

    /** Names of the first ten tests that failed; a harness of another kind may name none. */
    public List<String> failed() {
        return List.copyOf(names);
    }

    public int failures() {
        return failed;
    }
}
