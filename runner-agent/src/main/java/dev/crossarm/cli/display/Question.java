package dev.crossarm.cli.display;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Asks for a yes on the terminal. Anything else, end of input included, is a no. */
public final class Question {
    private final Console console;

    public Question(Console console) {
        this.console = console;
    }

    /**
     * Asks.
     *
     * @param command what to call with --yes instead, where nobody can be asked
     * @throws dev.crossarm.problem.CrossarmException (64) when there is no terminal to ask on
     */
    public boolean agreed(String question, String command) {
        if (!console.inTerminal() || !console.errTerminal()) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "no-terminal",
                            "cannot ask for confirmation: this is not a terminal, and --yes is not given",
                            command + " --yes",
                            command + " --dry-run")
                    .asException();
        }
        console.err().print(question + " [y/N] ");
        console.err().flush();
        String answer = answer().strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** Reading from a terminal does not end when the thread is told to stop, so another thread does it. */
    private String answer() {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> answers.add(line(console.in())), "answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return answers.take();
        } catch (InterruptedException stop) {
            console.err().println();
            Thread.currentThread().interrupt();
            throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "stopped before anything was changed")
                    .asException(stop);
        }
    }

    private static String line(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append((char) next);
            }
        } catch (IOException unreadable) {
            return "";
        }
        return line.toString();
    }
}
