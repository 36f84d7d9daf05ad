package dev.crossarm.environment;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.AppendedFile;
import dev.crossarm.text.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Hands the environment, outputs and a summary to a workflow job by the files that the runner names in {@code GITHUB_ENV},
 * {@code GITHUB_PATH}, {@code GITHUB_OUTPUT} and {@code GITHUB_STEP_SUMMARY}.
 * Each value stands between delimiters that cannot be foreseen, so no value can end its own entry and begin another.
 */
public final class GitHubFiles {
    /** GitHub's documentation of workflow commands: 1 MiB for each step. */
    private static final long SUMMARY_LIMIT = 1024 * 1024;

    private final Surroundings surroundings;
    private final RandomGenerator random;

    /** @param random unforeseeable in production: {@link java.security.SecureRandom} */
    public GitHubFiles(Surroundings surroundings, RandomGenerator random) {
        this.surroundings = surroundings;
        this.random = random;
    }

    /**
     * Appends the variables to the one file and our folders to the other. Nothing is written unless both are named.
     *
     * @throws dev.crossarm.problem.CrossarmException when one is not named (64) or cannot be appended to (73)
     */
    public void append(JobEnvironment environment) {
        Path variables = named("GITHUB_ENV");
        Path folders = named("GITHUB_PATH");
        append("GITHUB_ENV", variables, entries(environment.variables()));

        // The runner puts each line before those it read earlier, so the folder that is to come first is written last.
        List<Path> reversed = new ArrayList<>(environment.pathPrefix());
        Collections.reverse(reversed);
        StringBuilder lines = new StringBuilder();
        reversed.forEach(
                folder -> lines.append(SearchPath.prepend(List.of(folder), "")).append('\n'));
        append("GITHUB_PATH", folders, lines.toString());
    }

    /**
     * Hands values to the later steps of a job as the outputs of this one. A value may hold anything, lines that look like
     * entries too.
     *
     * @throws dev.crossarm.problem.CrossarmException when {@code GITHUB_OUTPUT} is not set (64) or cannot be appended to (73)
     */
    public void outputs(Map<String, String> values) {
        append("GITHUB_OUTPUT", named("GITHUB_OUTPUT"), entries(values));
    }

    /**
     * Adds to the page GitHub shows for the job. More than it takes of one step makes it show nothing, so then nothing is
     * added.
     *
     * @return whether it was added
     * @throws dev.crossarm.problem.CrossarmException when {@code GITHUB_STEP_SUMMARY} is not set (64) or cannot be appended to (73)
     */
    public boolean summary(String markdown) {
        Path page = named("GITHUB_STEP_SUMMARY");
        long there;
        try {
            there = Files.exists(page) ? Files.size(page) : 0;
        } catch (IOException e) {
            throw EnvironmentProblems.cannotAppend("GITHUB_STEP_SUMMARY", page, String.valueOf(e.getMessage()))
                    .asException(e);
        }
        if (there + markdown.getBytes(StandardCharsets.UTF_8).length + 1 > SUMMARY_LIMIT) {
            return false;
        }
        append("GITHUB_STEP_SUMMARY", page, Mask.of(surroundings.environment()).over(markdown));
        return true;
    }

    private String entries(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            String delimiter = delimiter(value);
            text.append(name).append("<<").append(delimiter).append('\n');
            text.append(value).append('\n').append(delimiter).append('\n');
        });
        return text.toString();
    }

    private Path named(String variable) {
        return surroundings
                .variable(variable)
                .map(Path::of)
                .orElseThrow(() -> EnvironmentProblems.notInWorkflow(variable).asException());
    }

    private String delimiter(String value) {
        byte[] bytes = new byte[16];
        String delimiter;
        do {
            random.nextBytes(bytes);
            delimiter = "crossarm_" + HexFormat.of().formatHex(bytes);
        } while (value.contains(delimiter));
        return delimiter;
    }

    private static void append(String variable, Path file, String text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            AppendedFile.add(file, text);
        } catch (FileSystemException e) {
            throw EnvironmentProblems.cannotAppend(variable, file, Objects.requireNonNullElse(e.getReason(), reason(e)))
                    .asException(e);
        } catch (IOException e) {
            throw EnvironmentProblems.cannotAppend(variable, file, String.valueOf(e.getMessage()))
                    .asException(e);
        }
    }

    private static String reason(FileSystemException error) {
        if (error instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return error instanceof AccessDeniedException ? "Permission denied" : String.valueOf(error.getMessage());
    }
}
