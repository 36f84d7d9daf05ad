package dev.crossarm.cli.display;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What is shown of an error that nobody foresaw. */
public final class BugReport {

    private BugReport() {}

    public static Problem of(RuntimeException bug, String version) {
        return new Problem(
                "bug",
                "this is a bug in crossarm " + version,
                bug.toString(),
                List.of("please report it, with the stack trace below and the command that you ran"),
                ExitStatus.BUG);
    }

    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
