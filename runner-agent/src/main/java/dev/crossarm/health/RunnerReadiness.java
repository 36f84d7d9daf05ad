package dev.crossarm.health;

import dev.crossarm.environment.DotEnv;
import dev.crossarm.environment.DotEnvSyntax;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.runner.env.RunnerInstance;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to say of a runner: can its {@code .env} be read, does it say what its author meant, what in it overrides ours, and can
 * its jobs use the Rust homes. The same for {@code doctor} and at the end of {@code provision}.
 *
 * @param directory the runner's
 * @param findings at least one
 */
public record RunnerReadiness(Path directory, List<Finding> findings) {

    static final String ACCOUNT = "runner-account";

    public RunnerReadiness {
        findings = List.copyOf(findings);
    }

    /** @param account the Rust homes belong to */
    public static List<RunnerReadiness> of(
            FoundRunners found, Target target, JobEnvironment environment, String account) {
        return found.runners().stream()
                .map(runner -> {
                    List<Finding> findings = new ArrayList<>(environmentFile(runner, target, environment));
                    if (!runner.user().equals(account) && !runner.user().equals("root")) {
                        findings.add(Finding.warning(
                                ACCOUNT,
                                "the runner in " + runner.directory() + " runs as " + runner.user()
                                        + ", and the Rust homes belong to " + account,
                                "Its jobs cannot fetch crates or toolchains.",
                                "sudo crossarm provision --user " + runner.user()));
                    }
                    return new RunnerReadiness(runner.directory(), findings);
                })
                .toList();
    }

    /** The JSON form, in the order to be written. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("directory", directory.toString());
        json.put("ready", errors().isEmpty());
        json.put("findings", findings.stream().map(DoctorReport::json).toList());
        return json;
    }

    /** What keeps its jobs from building, or from building what they should. */
    public List<Finding> errors() {
        return of(Severity.ERROR);
    }

    /** What may do so. */
    public List<Finding> warnings() {
        return of(Severity.WARNING);
    }

    private List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    private static List<Finding> environmentFile(RunnerInstance runner, Target target, JobEnvironment environment) {
        Path file = runner.environmentFile();
        if (Files.isSymbolicLink(file) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            String what = Files.isSymbolicLink(file) ? "a symbolic link" : "a directory";
            return List.of(Finding.error("runner-env", file + " is " + what + ", not a file", "", "ls -la " + file));
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(Finding.note("runner-env", runner.directory() + " has no .env yet", ""));
        }
        try {
            return judge(file, DotEnv.parse(RegularFile.read(file, RegularFile.HAND_WRITTEN)), target, environment);
        } catch (IOException unreadable) {
            return List.of(Finding.error(
                    "runner-env",
                    file + " cannot be read",
                    "If the runner's own account cannot read it, its service restarts forever.",
                    "ls -l " + file,
                    "sudo crossarm doctor"));
        } catch (CrossarmException refused) {
            return List.of(Finding.of("runner-env", Severity.ERROR, refused.problem()));
        }
    }

    private static List<Finding> judge(Path file, DotEnv env, Target target, JobEnvironment environment) {
        List<Finding> findings = new ArrayList<>();
        for (DotEnvSyntax.Finding doubt : DotEnvSyntax.findings(env)) {
            findings.add(Finding.warning(
                    "runner-env",
                    "line " + doubt.line() + " of " + file + " " + doubt.what(),
                    "The runner reads KEY=VALUE literally: quotes, comments and blanks are part of the value.",
                    "sudoedit " + file));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("runner-env", file + " is read as written"));
        }
        Map<String, String> foreign = new LinkedHashMap<>();
        env.variables().forEach((name, value) -> {
            if (!env.ourKeys().contains(name)) {
                foreign.put(name, value);
            }
        });
        env.overruledKeys().forEach(name -> env.foreignValue(name).ifPresent(value -> foreign.put(name, value)));
        findings.addAll(new ForeignVariables(target, environment)
                .judge(
                        foreign,
                        "in " + file,
                        "Remove the line %s=... from " + file.toString().replace("%", "%%")
                                + ", then restart the runner",
                        !env.ourKeys().isEmpty()));
        return findings;
    }
}
