package dev.crossarm.provision.packages;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's package sources, rewritten so that they offer another architecture: restrictions to an architecture are
 * taken out, and Ubuntu's addresses for ports become those of its main archive, which alone carries amd64. Everything
 * else, keyrings above all, stays as the host has it (sources.list(5)).
 */
final class AptSources {
    private static final Pattern FIELD = Pattern.compile("(?i)^Architectures(-Add|-Remove)?\\s*:.*");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<scheme>[a-z+]+)://(?<host>[^/\\s]+)(?<path>/[^\\s\\]]*)?");
    private static final Pattern OPTIONS =
            Pattern.compile("^(?<type>\\s*deb(-src)?\\s+)\\[(?<options>[^]]*)](?<rest>.*)$");

    private AptSources() {}

    /**
     * Every source of the host by its path below {@code /etc/apt}, rewritten. Files this account may not read are left out,
     * as they hold passwords.
     *
     * @param root {@code /} but for tests
     */
    static Map<String, String> of(Path root) {
        Map<String, String> sources = new LinkedHashMap<>();
        Path apt = root.resolve("etc/apt");
        read(apt, apt.resolve("sources.list"), sources);
        for (Path file : FileState.children(apt.resolve("sources.list.d"))) {
            String name = file.getFileName().toString();
            if (name.endsWith(".list") || name.endsWith(".sources")) {
                read(apt, file, sources);
            }
        }
        return sources;
    }

    private static void read(Path apt, Path file, Map<String, String> sources) {
        try {
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                String text = RegularFile.utf8(file, RegularFile.HAND_WRITTEN);
                String name = apt.relativize(file).toString();
                sources.put(name, name.endsWith(".sources") ? stanzas(text) : lines(text));
            }
        } catch (IOException unreadable) {
            throw FileState.unreadable(file, unreadable);
        }
    }

    /** The deb822 form. */
    static String stanzas(String text) {
        StringBuilder out = new StringBuilder();
        boolean dropped = false;
        for (String line : text.lines().toList()) {
            boolean continues = !line.isEmpty() && Character.isWhitespace(line.charAt(0));
            dropped = FIELD.matcher(line).matches() || (dropped && continues);
            if (!dropped) {
                out.append(line.startsWith("#") ? line : addresses(line)).append('\n');
            }
        }
        return out.toString();
    }

    /** The form of one line for each source. */
    static String lines(String text) {
        StringBuilder out = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher matcher = OPTIONS.matcher(line);
            String kept = matcher.matches() ? withoutArchitectures(matcher) : line;
            out.append(kept.strip().startsWith("#") ? line : addresses(kept)).append('\n');
        }
        return out.toString();
    }

    private static String withoutArchitectures(Matcher line) {
        String options =
                line.group("options").replaceAll("(^|\\s)arch[+-]?=\\S*", "").strip();
        return line.group("type") + (options.isEmpty() ? "" : "[" + options + "]") + line.group("rest");
    }

    private static String addresses(String line) {
        return ADDRESS.matcher(line).replaceAll(match -> {
            Matcher part = ADDRESS.matcher(match.group());
            if (!part.matches()
                    || part.group("path") == null
                    || !part.group("path").contains("/ubuntu-ports")) {
                return Matcher.quoteReplacement(match.group());
            }
            String host = part.group("host").replaceFirst("(^|\\.)ports\\.", "$1archive.");
            String path = part.group("path").replaceFirst("/ubuntu-ports", "/ubuntu");
            return Matcher.quoteReplacement(part.group("scheme") + "://" + host + path);
        });
    }
}
