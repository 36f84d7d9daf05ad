package dev.crossarm.cli.command;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Cuts one text into words as a shell does, with quotation marks and backslashes, and does nothing else a shell does. */
public final class Words {

    private Words() {}

    /** @param option whose value it is, for the error */
    public static List<String> of(String option, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "bad-option",
                            "the value of " + option + " has a quotation mark that is not closed",
                            option + "=\"--config 'my file'\"")
                    .asException();
        }
        if (inWord) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }
}
