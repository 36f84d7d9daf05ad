package dev.crossarm.job.cargo;

import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The toolchain that rustup will use in a folder, found out as rustup does (its book, "Overrides") but without running it:
 * a name given, RUSTUP_TOOLCHAIN, a directory override or toolchain file from the folder upward, the default.
 *
 * @param name as rustup takes it, perhaps without the host's triple
 * @param because where it was found, for people
 * @param directory where it is installed, or would be
 */
public record ActiveToolchain(String name, String because, Path directory) {
    private static final Pattern CHANNEL = Pattern.compile("(?m)^\\s*channel\\s*=\\s*[\"']([^\"'\\n]+)[\"']");
    private static final Pattern PATH = Pattern.compile("(?m)^\\s*path\\s*=\\s*[\"']([^\"'\\n]+)[\"']");
    private static final Pattern DEFAULT = Pattern.compile("(?m)^\\s*default_toolchain\\s*=\\s*\"([^\"\\n]+)\"");
    private static final Pattern OVERRIDE = Pattern.compile("(?m)^\"((?:[^\"\\\\]|\\\\.)+)\"\\s*=\\s*\"([^\"\\n]+)\"");

    /** @param given the value of {@code --toolchain} or RUSTUP_TOOLCHAIN */
    public static Optional<ActiveToolchain> find(
            Optional<String> given, Path project, Path rustupHome, String hostTriple) {
        String settings = text(rustupHome.resolve("settings.toml")).orElse("");
        if (given.isPresent()) {
            return Optional.of(of(given.get(), "it was requested", rustupHome, hostTriple));
        }
        for (Path at = project; at != null; at = at.getParent()) {
            Matcher override = OVERRIDE.matcher(settings);
            while (override.find()) {
                if (override.group(1).equals(at.toString())) {
                    return Optional.of(of(override.group(2), "rustup override set in " + at, rustupHome, hostTriple));
                }
            }
            for (String name : new String[] {"rust-toolchain", "rust-toolchain.toml"}) {
                Path file = at.resolve(name);
                Optional<String> text = text(file);
                if (text.isPresent()) {
                    return fromFile(text.get(), file, at, rustupHome, hostTriple);
                }
            }
        }
        Matcher normal = DEFAULT.matcher(settings);
        return normal.find()
                ? Optional.of(of(normal.group(1), "it is the default", rustupHome, hostTriple))
                : Optional.empty();
    }

    private static Optional<ActiveToolchain> fromFile(
            String text, Path file, Path folder, Path rustupHome, String hostTriple) {
        Matcher path = PATH.matcher(text);
        if (path.find()) {
            Path place = folder.resolve(path.group(1)).normalize();
            return Optional.of(new ActiveToolchain(place.toString(), file + " selects it", place));
        }
        Matcher channel = CHANNEL.matcher(text);
        String name = channel.find() ? channel.group(1) : text.strip();
        // The old form is one line with nothing but the name; a file of the new form may name no channel.
        return name.isEmpty() || name.contains("\n") || name.contains("[")
                ? Optional.empty()
                : Optional.of(of(name, file + " selects it", rustupHome, hostTriple));
    }

    private static ActiveToolchain of(String name, String because, Path rustupHome, String hostTriple) {
        Path toolchains = rustupHome.resolve("toolchains");
        if (name.startsWith("/")) {
            return new ActiveToolchain(name, because, Path.of(name));
        }
        Path plain = toolchains.resolve(name);
        boolean whole = name.endsWith("-" + hostTriple) || Files.exists(plain);
        return new ActiveToolchain(name, because, whole ? plain : toolchains.resolve(name + "-" + hostTriple));
    }

    public boolean installed() {
        return Files.isDirectory(directory.resolve("lib"));
    }

    /** Whether Rust's standard library for the target is there. */
    public boolean has(String triple) {
        return Files.isDirectory(
                directory.resolve("lib/rustlib").resolve(triple).resolve("lib"));
    }

    private static Optional<String> text(Path file) {
        try {
            // A folder of this name is none of rustup's files, and rustup passes it by.
            return Files.isDirectory(file)
                    ? Optional.empty()
                    : Optional.of(RegularFile.utf8(file, RegularFile.HAND_WRITTEN));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
