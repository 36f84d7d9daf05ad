package dev.crossarm.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up what Rust's test programs say at their end. Others, with a harness of their own, count nothing. */
final class TestCount {
    private static final Pattern RESULT =
            Pattern.compile("^test result: .*?(\\d{1,9}) passed; (\\d{1,9}) failed; (\\d{1,9}) ignored;");

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
        }
    }

    TestRun result(boolean good, java.time.Duration elapsed) {
        return new TestRun(good, passed, failed, ignored, elapsed);
    }

    int failures() {
        return failed;
    }
}
