package dev.crossarm.host.process;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a child did. All text is UTF-8 with malformed bytes replaced, and scrubbed of the command's secrets.
 *
 * @param command what was run
 * @param exit its exit status; 128 + n when signal n ended it; -1 when it was left running
 * @param out standard output
 * @param err standard error
 * @param lastLines the last lines of both streams in order of arrival
 * @param timedOut whether the deadline passed
 * @param elapsed time from start to end
 */
public record CommandResult(
        Command command,
        int exit,
        Captured out,
        Captured err,
        List<String> lastLines,
        boolean timedOut,
        Duration elapsed) {

    public CommandResult {
        lastLines = List.copyOf(lastLines);
    }

    /** A child that ended by itself, at once, and of whose output nothing is missing. */
    public static CommandResult of(Command command, int exit, String out, String err) {
        return new CommandResult(
                command,
                exit,
                Captured.whole(command, out, Mask.FORMS),
                Captured.whole(command, err, Mask.FORMS),
                Stream.concat(out.lines(), err.lines()).toList(),
                false,
                Duration.ZERO);
    }

    public boolean succeeded() {
        return exit == 0 && !timedOut;
    }

    /** This result when the child succeeded; otherwise throws {@link #asProblem}. */
    public CommandResult orThrow(String code, String summary, String... remedies) {
        if (succeeded()) {
            return this;
        }
        throw asProblem(code, summary, remedies).asException();
    }

    /** A failed child as a problem: how it ended, the command as typed, and its last lines. */
    public Problem asProblem(String code, String summary, String... remedies) {
        String ending =
                timedOut ? "did not end within " + command.deadline().toSeconds() + " s" : "ended with status " + exit;
        String detail =
                command.shown() + "\n" + ending + (lastLines.isEmpty() ? "" : "\n" + String.join("\n", lastLines));
        return new Problem(code, summary, detail, List.of(remedies), ExitStatus.STEP_FAILED);
    }
}
