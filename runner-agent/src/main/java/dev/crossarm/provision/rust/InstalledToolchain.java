package dev.crossarm.provision.rust;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.plan.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * A toolchain as its own files describe it, without running rustup: {@code lib/rustlib/components} names what is
 * installed, {@code manifest-<component>} the files of each (rust-installer, version 3).
 *
 * @param directory of the toolchain, there or not
 */
record InstalledToolchain(Path directory) {
    private static final Pattern VERSION = Pattern.compile("version = \"([^\"]*)\"");
    private static final String RUSTC = "[pkg.rustc]";

    private Path rustlib() {
        return directory.resolve("lib/rustlib");
    }

    /** Whether there is anything of it. */
    boolean present() {
        return FileState.isThere(directory);
    }

    /** Components as they are listed, for example {@code rust-std-x86_64-unknown-linux-musl}. */
    List<String> components() {
        return lines(rustlib().resolve("components"));
    }

    /**
     * Components that rustup has written down as installed in one of its two places and not in the other: an installation
     * that was cut off between them. rustup itself believes the one and stumbles over the other.
     */
    Set<String> contradictions() {
        Set<String> listed = new TreeSet<>(components());
        Set<String> configured = configured();
        Set<String> both = new TreeSet<>(listed);
        both.retainAll(configured);
        listed.addAll(configured);
        listed.removeAll(both);
        return listed;
    }

    private Set<String> configured() {
        String text = String.join("\n", lines(rustlib().resolve("multirust-config.toml")));
        Set<String> names = new TreeSet<>();
        TomlArray entries = Toml.parse(text).getArrayOrEmpty("components");
        for (int i = 0; i < entries.size(); i++) {
            TomlTable entry = entries.getTable(i);
            String target = entry.getString("target", () -> "*");
            names.add(entry.getString("pkg", () -> "") + (target.equals("*") ? "" : "-" + target));
        }
        return names;
    }

    /** Whether one of the names a component may go by is listed: some are still previews, some are for every host. */
    boolean has(String component, String triple) {
        return listed(component, triple).isPresent();
    }

    private Optional<String> listed(String component, String triple) {
        List<String> names =
                List.of(component + "-" + triple, component + "-preview-" + triple, component, component + "-preview");
        return components().stream().filter(names::contains).findFirst();
    }

    /** Files the component's manifest lists and that are not there; the manifest itself when that is missing. */
    List<String> missingFiles(String component, String triple) {
        Optional<String> name = listed(component, triple);
        if (name.isEmpty()) {
            return List.of();
        }
        Path manifest = rustlib().resolve("manifest-" + name.get());
        if (!Files.exists(manifest)) {
            return List.of(manifest.toString());
        }
        List<String> missing = new ArrayList<>();
        for (String line : lines(manifest)) {
            String file = line.substring(line.indexOf(':') + 1);
            if (!file.isEmpty() && !FileState.isThere(directory.resolve(file))) {
                missing.add(file);
            }
        }
        return missing;
    }

    /** What {@link #components}, {@link #contradictions} and {@link #version} read. */
    Inputs inputs() {
        return new Inputs()
                .place(directory)
                .whole(rustlib().resolve("components"))
                .whole(rustlib().resolve("multirust-config.toml"))
                .whole(rustlib().resolve("multirust-channel-manifest.toml"));
    }

    /**
     * What {@link #missingFiles} reads. A listed file that is taken away changes its folder, so the folders stand for the
     * hundreds of files in them.
     */
    void addTo(Inputs inputs, String component, String triple) {
        Optional<Path> manifest =
                listed(component, triple).map(name -> rustlib().resolve("manifest-" + name));
        if (manifest.isEmpty()) {
            return;
        }
        inputs.whole(manifest.get());
        for (String line : lines(manifest.get())) {
            Path file = directory.resolve(line.substring(line.indexOf(':') + 1));
            if (!file.equals(directory)) {
                inputs.whole(Objects.requireNonNull(file.getParent()));
            }
        }
    }

    /** What the manifest it was installed from says about rustc, for example {@code 1.96.0 (ac68faa20 2026-08-04)}. */
    Optional<String> version() {
        Path manifest = rustlib().resolve("multirust-channel-manifest.toml");
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        // A megabyte of TOML: the two lines that matter are found without reading it as such.
        try {
            boolean inRustc = false;
            for (String line :
                    (Iterable<String>) RegularFile.text(manifest, RegularFile.GENERATED, StandardCharsets.UTF_8)
                            .lines()::iterator) {
                if (line.startsWith("[")) {
                    inRustc = line.strip().equals(RUSTC);
                }
                Matcher version = VERSION.matcher(line);
                if (inRustc && version.lookingAt()) {
                    return Optional.of(version.group(1));
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return RegularFile.text(file, RegularFile.GENERATED, StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException error) {
            throw FileState.unreadable(file, error);
        }
    }
}
