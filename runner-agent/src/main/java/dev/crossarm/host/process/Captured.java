package dev.crossarm.host.process;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.util.List;
import java.util.Optional;

/**
 * What a child wrote to one of its streams: the whole, or the end of it where it was more than the command keeps. Who reads
 * it has to say which of the two will do. All text is UTF-8 with malformed bytes replaced.
 */
public final class Captured {
    private final Command command;
    private final String kept;
    private final boolean complete;
    private final Mask mask;

    private Captured(Command command, String kept, boolean complete, Mask mask) {
        this.command = command;
        this.kept = kept;
        this.complete = complete;
        this.mask = mask;
    }

    static Captured whole(Command command, String text, Mask mask) {
        return new Captured(command, text, true, mask);
    }

    static Captured tail(Command command, String text, Mask mask) {
        return new Captured(command, text, false, mask);
    }

    /**
     * All of it, for whoever reads answers in it.
     *
     * @throws dev.crossarm.problem.CrossarmException when its beginning was not kept
     */
    public String whole() {
        return ifWhole().orElseThrow(() -> tooLong().asException());
    }

    /** All of it; absent when its beginning was not kept. */
    public Optional<String> ifWhole() {
        return complete ? Optional.of(kept) : Optional.empty();
    }

    /** The end of it at least, which may be all: masked, for people to read and to look in for known messages. */
    public String tail() {
        return mask.over(kept);
    }

    private Problem tooLong() {
        return new Problem(
                "output-too-large",
                command.program() + " wrote more than the " + command.kept() / 1024 + " KiB that crossarm accepts",
                command.shown(),
                List.of(command.shown() + " | wc -c"),
                ExitStatus.DATA);
    }

    /** How it is shown where nobody asked: never as if it were the whole. */
    @Override
    public String toString() {
        return complete ? tail() : "…" + tail();
    }
}
