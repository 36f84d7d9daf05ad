package dev.crossarm.text;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** A text as a string of JSON, for whoever writes so little that a generator is not worth loading. */
public final class JsonString {
    private JsonString() {}

    /** With its quotation marks. */
    public static String of(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
