package dev.crossarm.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command as one text, as the words it is run with. There is no shell: only blanks and quotation marks mean anything. */
public final class WordList {

    private WordList() {}

    /** The words, at least one; empty when there is none or a quotation mark is open. */
    public static Optional<List<String>> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            boolean closes = quote != 0 && one == quote;
            boolean opens = quote == 0 && (one == '\'' || one == '"');
            if (closes || opens) {
                quote = closes ? 0 : one;
                inWord = true;
            } else if (quote == 0 && one == ' ') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(one);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return quote != 0 || words.isEmpty() || words.get(0).isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
