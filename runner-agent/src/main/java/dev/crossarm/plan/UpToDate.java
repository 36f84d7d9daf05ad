package dev.crossarm.plan;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Remembers that a run found nothing to do, with the stamps of everything it read to find that out. The same command, asked
 * for while every stamp still holds, is then answered without looking any further. A line of text a stamp, so that reading it
 * needs no parser. Values of variables and arguments are in it as one digest only, because there are credentials among them.
 */
public final class UpToDate {
    /** Its name in the folder for state. */
    public static final String NAME = "up-to-date";

    private static final String FIRST = "crossarm up-to-date 2";
    private static final String CALLER = "caller ";
    private static final String SINCE = "since ";
    private static final String SAID = "said ";

    /** Variables that we or the programs we start go by, but for the beginnings below. */
    private static final Set<String> READ = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SUDO_USER",
            "TMPDIR",
            "TZ",
            "CURL_CA_BUNDLE",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME");

    private static final String[] READ_BEGINNINGS = {"CROSSARM_", "RUSTUP_", "CARGO_", "PIP_", "SSL_CERT_"};

    /** Set by the launcher, for the display. */
    private static final String TERMINAL = "CROSSARM_TERMINAL";

    private final Path file;
    private final Supplier<String> caller;

    /** @param caller who asks for what, as made by {@link #caller}; most commands never ask */
    public UpToDate(Path file, Supplier<String> caller) {
        this.file = file;
        this.caller = caller;
    }

    /** Where it is remembered. */
    public Path file() {
        return file;
    }

    /**
     * A checksum of everything besides files that a command depends on: version, account, folder, arguments, and the variables
     * that are read. Two sums and a length tell apart what differs by chance; a digest would take as long to load as all the rest
     * here takes. The sums can tell of credentials in addresses, so the file that holds them is for its owner only.
     */
    public static String caller(String version, Surroundings surroundings, List<String> arguments) {
        StringBuilder text = new StringBuilder();
        text.append(version).append('\0').append(surroundings.user()).append('\0');
        text.append(surroundings.home())
                .append('\0')
                .append(surroundings.directory())
                .append('\0');
        for (String argument : arguments) {
            text.append(argument).append('\0');
        }
        for (Map.Entry<String, String> variable : surroundings.environment().entrySet()) {
            if (isRead(variable.getKey())) {
                text.append('\0').append(variable.getKey()).append('=').append(variable.getValue());
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        CRC32 one = new CRC32();
        one.update(bytes, 0, bytes.length);
        CRC32C other = new CRC32C();
        other.update(bytes, 0, bytes.length);
        return one.getValue() + "-" + other.getValue() + "-" + bytes.length;
    }

    private static boolean isRead(String name) {
        if (READ.contains(name)) {
            return true;
        }
        for (String beginning : READ_BEGINNINGS) {
            if (name.startsWith(beginning)) {
                return !name.equals(TERMINAL);
            }
        }
        return false;
    }

    /**
     * A run that found nothing to do and that still holds.
     *
     * @param since when it was, in UTC
     * @param files how many files and folders were looked at just now
     * @param said what it told at its end, a line each
     */
    public record Answer(String since, int files, List<String> said) {
        /** Lines for people. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("Already up to date: none of the " + files + " files and folders checked has changed since "
                    + since + ".");
            lines.addAll(said);
            return lines;
        }
    }

    /** The run remembered, when this caller asks for the same and nothing has changed. Damage counts as nothing remembered. */
    public Optional<Answer> answer() {
        String text;
        try {
            text = RegularFile.text(file, RegularFile.GENERATED, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return Optional.empty();
        }
        String head = FIRST + "\n" + CALLER + caller.get() + "\n" + SINCE;
        if (!text.startsWith(head) || !text.endsWith("\n")) {
            return Optional.empty();
        }
        int start = text.indexOf('\n', head.length()) + 1;
        String since = text.substring(head.length(), start - 1);
        List<String> said = new ArrayList<>();
        List<String> stamps = new ArrayList<>();
        for (int end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
            String line = text.substring(start, end);
            if (line.startsWith(SAID)) {
                said.add(line.substring(SAID.length()));
            } else {
                stamps.add(line);
            }
            start = end + 1;
        }
        return stamps.isEmpty() || !Stamps.hold(stamps)
                ? Optional.empty()
                : Optional.of(new Answer(since, stamps.size(), said));
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
        lines.add(CALLER + caller.get());
        lines.add(SINCE + now.truncatedTo(ChronoUnit.SECONDS));
        said.forEach(line -> lines.add(SAID + line));
        lines.addAll(stamps.lines());
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        files.write(file, content, Ownership.mode("rw-------"));
    }

    /** Forgets it: from now on something may be changing. */
    public void forget(HostFiles files) {
        files.delete(file);
    }
}
