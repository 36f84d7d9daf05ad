package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file that somebody named cannot be read, in words that go on where its name stood. */
public final class Unreadable {
    private Unreadable() {}

    /** For example {@code there is no such file}. */
    public static String reason(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "this account may not read it";
        }
        if (error instanceof ClosedByInterruptException) {
            return "reading it was stopped";
        }
        return error instanceof MalformedInputException ? "is not UTF-8 text" : "cannot be read: " + error.getMessage();
    }
}
