package dev.crossarm.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cargo's JSON messages (cargo reference, "External tools") as values. What is no message of cargo's is none. */
final class CargoMessages {

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
    record Artifact(
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
     * @param message its first line
     * @param code rustc's code of it, such as {@code E0308}
     * @param file where it is, relative to the workspace's root or absolute
     */
    record Said(
            String packageId,
            String rendered,
            boolean error,
            String message,
            Optional<String> code,
            Optional<Annotation.Place> file) {}

    /** One of the two, or a message of another kind, of which both are absent. */
    record Message(Optional<Artifact> artifact, Optional<Said> said) {}

    private static final String BEGINNING = "{\"reason\":\"";

    private final ObjectMapper json = new ObjectMapper();

    /** The message this line is; absent when it is other output, such as that of tests. */
    Optional<Message> read(String line) {
        if (!line.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        try {
            JsonNode node = json.readTree(line);
            return switch (node.path("reason").asText()) {
                case "compiler-artifact" -> Optional.of(new Message(Optional.of(artifact(node)), Optional.empty()));
                case "compiler-message" -> Optional.of(new Message(Optional.empty(), Optional.of(said(node))));
                case "build-script-executed", "build-finished" ->
                    Optional.of(new Message(Optional.empty(), Optional.empty()));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }

    private static Artifact artifact(JsonNode node) {
        List<Path> files = new ArrayList<>();
        node.path("filenames").forEach(file -> files.add(Path.of(file.asText())));
        List<String> kinds = new ArrayList<>();
        node.path("target").path("kind").forEach(kind -> kinds.add(kind.asText()));
        return new Artifact(
                node.path("package_id").asText(),
                Path.of(node.path("manifest_path").asText()),
                node.path("target").path("name").asText(),
                List.copyOf(kinds),
                List.copyOf(files),
                text(node.path("executable")).map(Path::of),
                node.path("profile").path("test").asBoolean(),
                node.path("fresh").asBoolean());
    }

    private static Said said(JsonNode node) {
        JsonNode message = node.path("message");
        return new Said(
                node.path("package_id").asText(),
                message.path("rendered").asText(),
                message.path("level").asText().startsWith("error"),
                message.path("message").asText(),
                text(message.path("code").path("code")),
                place(message.path("spans")));
    }

    /** Where the first primary span is; inside a macro, where the outermost call of it is. */
    private static Optional<Annotation.Place> place(JsonNode spans) {
        for (JsonNode one : spans) {
            if (one.path("is_primary").asBoolean()) {
                JsonNode span = one;
                while (span.path("expansion").path("span").isObject()) {
                    span = span.path("expansion").path("span");
                }
                return Optional.of(new Annotation.Place(
                        span.path("file_name").asText(),
                        span.path("line_start").asInt(),
                        span.path("line_end").asInt(),
                        span.path("column_start").asInt(),
                        span.path("column_end").asInt()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
