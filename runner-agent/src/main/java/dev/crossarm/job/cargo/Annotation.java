package dev.crossarm.job.cargo;

import dev.crossarm.problem.Problem;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A remark on a workflow run.
 *
 * @param level how grave it is
 * @param title a few words
 * @param message what is wrong and what mends it; several lines are fine
 * @param place where in the sources; absent when it is about none
 */
public record Annotation(Level level, String title, String message, Optional<Place> place) {

    /** How grave a remark is. GitHub shows those of each level apart. */
    public enum Level {
        ERROR("error"),
        WARNING("warning");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A place in a file.
     *
     * @param file relative to the checkout where it lies in it
     * @param line from 1
     * @param endLine from 1
     * @param column from 1
     * @param endColumn from 1; counts only on a single line
     */
    public record Place(String file, int line, int endLine, int column, int endColumn) {}

    public static Annotation error(String title, String message) {
        return new Annotation(Level.ERROR, title, message, Optional.empty());
    }

    public static Annotation warning(String title, String message) {
        return new Annotation(Level.WARNING, title, message, Optional.empty());
    }

    /** The same with other words for its message. */
    public Annotation with(UnaryOperator<String> words) {
        return new Annotation(level, title, words.apply(message), place);
    }

    /** A problem with what mends it. */
    public static Annotation of(Problem problem) {
        StringBuilder message = new StringBuilder(problem.summary());
        if (!problem.detail().isEmpty()) {
            message.append('\n').append(problem.detail());
        }
        problem.remedies().forEach(remedy -> message.append("\n-> ").append(remedy));
        return error("crossarm: " + problem.code(), message.toString());
    }

    /** The workflow command (GitHub's documentation, "Workflow commands", and ActionCommand.cs of the runner). */
    public String command() {
        StringBuilder line = new StringBuilder("::").append(level.word()).append(' ');
        place.ifPresent(at -> {
            line.append("file=").append(property(at.file()));
            line.append(",line=").append(at.line()).append(",endLine=").append(at.endLine());
            line.append(",col=").append(at.column());
            if (at.line() == at.endLine()) {
                line.append(",endColumn=").append(at.endColumn());
            }
            line.append(',');
        });
        return line.append("title=")
                .append(property(title))
                .append("::")
                .append(data(message))
                .toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
