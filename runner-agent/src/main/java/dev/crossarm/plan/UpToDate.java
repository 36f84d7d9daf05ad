package dev.crossarm.plan;

import dev.crossarm.host.HostFiles;
import dev.crossarm.host.Ownership;
import dev.crossarm.host.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers that a run found nothing to do, with the stamps of everything it read to find that out. The same command, asked
 * for while every stamp still holds, is then answered without looking any further. A line of text a stamp, so that reading it
 * needs no parser. Values of variables and arguments are in it as one digest only, because there are credentials among them.
 */
public final class UpToDate {
    /** Its name in the folder for state. */
    public static final String NAME = "up-to-date";

    private static final String FIRST = "crossarm up-to-date 1";
    private static final String CALLER = "caller ";
    private static final String SINCE = "since ";
    private static final String SAID = "said ";

    /** Variables that differ from one login to the next and that nothing here depends on. */
    private static final Set<String> PASSING = Set.of(
            "_",
            "SHLVL",
            "PWD",
            "OLDPWD",
            "COLUMNS",
            "LINES",
            "TERM",
            "COLORTERM",
            "LS_COLORS",
            "CROSSARM_TERMINAL",
            "SSH_CLIENT",
            "SSH_CONNECTION",
            "SSH_TTY",
            "SSH_AUTH_SOCK",
            "SUDO_COMMAND",
            "XDG_SESSION_ID",
            "INVOCATION_ID",
            "JOURNAL_STREAM",
            "SYSTEMD_EXEC_PID");

    private final Path file;
    private final String caller;

    /** @param caller who asks for what, as made by {@link #caller} */
    public UpToDate(Path file, String caller) {
        this.file = file;
        this.caller = caller;
    }

    /** Where it is remembered. */
    public Path file() {
        return file;
    }

    /** A digest of everything besides files that a command depends on: version, account, folder, arguments, variables. */
    public static String caller(String version, Surroundings surroundings, List<String> arguments) {
        List<String> parts = new ArrayList<>();
        parts.add(version);
        parts.add(surroundings.user());
        parts.add(surroundings.home().toString());
        parts.add(surroundings.directory().toString());
        parts.addAll(arguments);
        parts.add("");
        surroundings.environment().forEach((name, value) -> {
            if (!PASSING.contains(name)) {
                parts.add(name + "=" + value);
            }
        });
        return Fingerprint.of(String.join("\0", parts)).value();
    }

    /**
     * A run that found nothing to do and that still holds.
     *
     * @param since when it was
     * @param files how many files and folders were looked at just now
     * @param said what it told at its end, a line each
     */
    public record Answer(Instant since, int files, List<String> said) {
        /** Lines for people. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("Nothing to do: none of " + files
                    + " files and folders has changed since all was found in order, " + since + ".");
            lines.add("To look at everything again: crossarm check");
            lines.addAll(said);
            return lines;
        }
    }

    /** The run remembered, when this caller asks for the same and nothing has changed. Damage counts as nothing remembered. */
    public Optional<Answer> answer() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException noneOrNoText) {
            return Optional.empty();
        }
        if (lines.size() < 4
                || !lines.get(0).equals(FIRST)
                || !lines.get(1).equals(CALLER + caller)
                || !lines.get(2).startsWith(SINCE)) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        List<String> stamps = new ArrayList<>();
        for (String line : lines.subList(3, lines.size())) {
            if (line.startsWith(SAID)) {
                said.add(line.substring(SAID.length()));
            } else {
                stamps.add(line);
            }
        }
        if (stamps.isEmpty() || !new Stamps(stamps).stillHold()) {
            return Optional.empty();
        }
        try {
            Instant since = Instant.parse(lines.get(2).substring(SINCE.length()));
            return Optional.of(new Answer(since, stamps.size(), said));
        } catch (DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Remembers a run that found nothing to do.
     *
     * @param stamps of all it read, taken before it read them
     * @param said what it told at its end
     * @throws dev.crossarm.problem.CrossarmException when it cannot be written; what was remembered before is then still there
     */
    public void remember(HostFiles files, Instant now, Stamps stamps, List<String> said) {
        List<String> lines = new ArrayList<>();
        lines.add(FIRST);
        lines.add(CALLER + caller);
        lines.add(SINCE + now.truncatedTo(ChronoUnit.SECONDS));
        said.forEach(line -> lines.add(SAID + line));
        lines.addAll(stamps.lines());
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        files.write(file, content, Ownership.mode("rw-r--r--"));
    }

    /** Forgets it: from now on something may be changing. */
    public void forget(HostFiles files) {
        files.delete(file);
    }
}
