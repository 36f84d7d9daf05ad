package dev.crossarm.runner.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a runner's own {@code .runner} says of its registration. The account of the jobs can write that file, so that it is a hint,
 * which GitHub has to confirm.
 *
 * @param id GitHub's number of the runner
 * @param name on GitHub
 * @param address as it was given to {@code config.sh}; empty where the runner was configured otherwise
 */
record LocalRegistration(long id, String name, Optional<String> address) {
    /** What a registration leaves in the runner's root, besides {@code .env} and {@code .path}. */
    static final List<String> FILES =
            List.of(".runner", ".credentials", ".credentials_rsaparams", ".runner_migrated", ".credentials_migrated");

    private static final int LARGEST = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Of the runner in this folder; empty when it is not configured.
     *
     * @throws CrossarmException when the file cannot be read, or says nothing (65)
     */
    static Optional<LocalRegistration> read(Path folder) {
        Path file = folder.resolve(".runner");
        try {
            Optional<byte[]> content = RegularFile.readIfThere(file, LARGEST);
            return content.map(bytes -> of(file, new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", file, unreadable);
        }
    }

    private static LocalRegistration of(Path file, String text) {
        String json = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        try {
            JsonNode tree = new ObjectMapper().readTree(json);
            JsonNode id = tree.path("agentId");
            JsonNode name = tree.path("agentName");
            if (!id.canConvertToLong() || id.asLong() < 1 || !name.isTextual()) {
                throw damaged(file);
            }
            JsonNode address = tree.path("gitHubUrl");
            return new LocalRegistration(
                    id.asLong(),
                    Printable.line(name.asText()),
                    address.isTextual() ? Optional.of(Printable.line(address.asText())) : Optional.empty());
        } catch (JsonProcessingException bad) {
            throw damaged(file);
        }
    }

    private static CrossarmException damaged(Path file) {
        return Problem.of(
                        ExitStatus.DATA,
                        "runner-file-damaged",
                        file + ", in which the runner keeps its registration, cannot be understood",
                        "See what is in it: sudo head -c 300 " + FileProblems.quoted(file))
                .asException();
    }

    /** Whether it is for this address, which people write with and without a final slash. */
    boolean isFor(String other) {
        return address.filter(own -> plain(own).equals(plain(other))).isPresent();
    }

    static String plain(String address) {
        String lower = address.toLowerCase(Locale.ROOT).replaceFirst("^(https?://)www\\.github\\.com", "$1github.com");
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
