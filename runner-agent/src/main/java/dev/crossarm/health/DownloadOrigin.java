package dev.crossarm.health;

import dev.crossarm.config.Settings;
import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that provisioning downloads from.
 *
 * @param name what comes from there, for people
 * @param address of the server, without what may follow its name
 */
public record DownloadOrigin(String name, URI address) {
    private static final String RUST = "https://static.rust-lang.org";
    private static final Pattern ONE_LINE = Pattern.compile("(?m)^\\s*deb\\s+(?:\\[[^\\]]*\\]\\s*)?(\\S+)\\s");
    private static final Pattern STANZA_URIS = Pattern.compile("(?mi)^URIs:((?:[^\\n]*)(?:\\n[ \\t][^\\n]*)*)");
    private static final Pattern DISABLED = Pattern.compile("(?mi)^Enabled:\\s*(no|false|0)\\s*$");

    /**
     * The servers in use under these settings, each once: rustup's and the archives of apt's configuration.
     *
     * @param root {@code /} but for tests
     */
    public static List<DownloadOrigin> inUse(Settings settings, Path root) {
        Map<URI, String> all = new LinkedHashMap<>();
        add(all, settings.rustupDistServer().orElse(RUST), "Rust toolchains");
        if (settings.rustupSource() != Settings.RustupSource.DISTRIBUTION) {
            add(all, settings.rustupUpdateRoot().orElse(RUST), "rustup");
        }
        aptAddresses(root).forEach(address -> add(all, address, "packages of the distribution"));
        List<DownloadOrigin> origins = new ArrayList<>();
        all.forEach((address, name) -> origins.add(new DownloadOrigin(name, address)));
        return List.copyOf(origins);
    }

    private static void add(Map<URI, String> all, String address, String name) {
        try {
            URI whole = URI.create(address);
            if (whole.getHost() != null && List.of("http", "https").contains(whole.getScheme())) {
                String port = whole.getPort() < 0 ? "" : ":" + whole.getPort();
                all.putIfAbsent(URI.create(whole.getScheme() + "://" + whole.getHost() + port + "/"), name);
            }
        } catch (IllegalArgumentException notAnAddress) {
            // The step that would use it says so; here is nobody to ask.
        }
    }

    private static List<String> aptAddresses(Path root) {
        Path apt = root.resolve("etc/apt");
        List<String> addresses = new ArrayList<>(oneLine(text(apt.resolve("sources.list"))));
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(apt.resolve("sources.list.d"), "*.{list,sources}")) {
            TreeSet<Path> sorted = new TreeSet<>();
            entries.forEach(sorted::add);
            for (Path file : sorted) {
                addresses.addAll(file.toString().endsWith(".list") ? oneLine(text(file)) : stanzas(text(file)));
            }
        } catch (IOException none) {
            return addresses;
        }
        return addresses;
    }

    private static List<String> oneLine(String text) {
        return ONE_LINE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<String> stanzas(String text) {
        List<String> addresses = new ArrayList<>();
        for (String stanza : text.split("\\n[ \\t]*\\n", -1)) {
            Matcher uris = STANZA_URIS.matcher(stanza);
            if (uris.find() && !DISABLED.matcher(stanza).find()) {
                addresses.addAll(List.of(uris.group(1).strip().split("\\s+", -1)));
            }
        }
        return addresses;
    }

    private static String text(Path file) {
        try {
            return RegularFile.text(file, RegularFile.HAND_WRITTEN, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
