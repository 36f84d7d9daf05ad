package dev.crossarm.job.cargo;

import dev.crossarm.text.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cargo's JSON messages (cargo reference, "External tools") as values. What is no message of cargo's is none. */
public final class CargoMessages {

    /**
     * Something cargo made.
     *
     * @param packageId cargo's own, opaque
     * @param manifest the package's {@code Cargo.toml}
     * @param target name of the crate target
     * @param kinds its kinds: {@code bin}, {@code lib}, {@code custom-build} …
     * @param files where it lies
     * @param executable the program, when it is one
     * @param test whether it is a test program
     * @param fresh whether it was there already
     */
    public record Artifact(
            String packageId,
            Path manifest,
            String target,
            List<String> kinds,
            List<Path> files,
            Optional<Path> executable,
            boolean test,
            boolean fresh) {}

    /**
     * Something rustc said.
     *
     * @param rendered as rustc shows it, in colours when asked for
     * @param error whether it is an error
     * @param message its first line, with what is written at the place itself, where that is something else
     * @param code rustc's code of it, such as {@code E0308}
     * @param file where it is, relative to the workspace's root or absolute
     */
    public record Said(
            String packageId,
            String rendered,
            boolean error,
            String message,
            Optional<String> code,
            Optional<Annotation.Place> file) {}

    /** One of the two, or a message of another kind, of which both are absent. */
    record Message(Optional<Artifact> artifact, Optional<Said> said) {}

    private static final String BEGINNING = "{\"reason\":\"";

    /** The message this line is; absent when it is other output, such as that of tests. */
    Optional<Message> read(String line) {
        if (!line.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        try {
            JsonTree node = JsonTree.parse(line);
            return switch (node.at("reason").text()) {
                case "compiler-artifact" -> Optional.of(new Message(Optional.of(artifact(node)), Optional.empty()));
                case "compiler-message" -> Optional.of(new Message(Optional.empty(), Optional.of(said(node))));
                case "build-script-executed", "build-finished" ->
                    Optional.of(new Message(Optional.empty(), Optional.empty()));
                default -> Optional.empty();
            };
        } catch (IOException other) {
            return Optional.empty();
        }
    }

    private static Artifact artifact(JsonTree node) {
        List<Path> files = new ArrayList<>();
        node.at("filenames").items().forEach(file -> files.add(Path.of(file.text())));
        List<String> kinds = new ArrayList<>();
        node.at("target").at("kind").items().forEach(kind -> kinds.add(kind.text()));
        return new Artifact(
                node.at("package_id").text(),
                Path.of(node.at("manifest_path").text()),
                node.at("target").at("name").text(),
                List.copyOf(kinds),
                List.copyOf(files),
                node.at("executable").string().map(Path::of),
                node.at("profile").at("test").isTrue(),
                node.at("fresh").isTrue());
    }

    private static Said said(JsonTree node) {
        JsonTree message = node.at("message");
        return new Said(
                node.at("package_id").text(),
                message.at("rendered").text(),
                message.at("level").text().startsWith("error"),
                firstLine(message),
                message.at("code").at("code").string(),
                place(message.at("spans")));
    }

    private static String firstLine(JsonTree message) {
        String text = message.at("message").text();
        return primary(message.at("spans"))
                .flatMap(span -> span.at("label").string())
                .filter(label -> !label.isBlank() && !text.contains(label))
                .map(label -> text + ": " + label.lines().findFirst().orElse(label))
                .orElse(text);
    }

    /** Where the first primary span is; inside a macro, where the outermost call of it is. */
    private static Optional<Annotation.Place> place(JsonTree spans) {
        return primary(spans).map(one -> {
            JsonTree span = one;
            while (span.at("expansion").at("span").isObject()) {
                span = span.at("expansion").at("span");
            }
            return new Annotation.Place(
                    span.at("file_name").text(),
                    span.at("line_start").number(),
                    span.at("line_end").number(),
                    span.at("column_start").number(),
                    span.at("column_end").number());
        });
    }

    private static Optional<JsonTree> primary(JsonTree spans) {
        for (JsonTree one : spans.items()) {
            if (one.at("is_primary").isTrue()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
