package dev.crossarm.runner.env;

import dev.crossarm.environment.DotEnv;
import dev.crossarm.environment.EnvironmentFormat;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.environment.SearchPath;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Repair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A runner's {@code .env} and {@code .path} as they are, and what they are to hold. Read once; nothing here writes.
 *
 * <p>PATH stands in both: {@code run.sh} ignores {@code .path}, and {@code config.sh} rewrites it each time it is called
 * (actions/runner, env.sh and config.sh). It is our folders before what the runner would have without us: the PATH of a
 * foreign line in {@code .env}, else {@code .path} as it was, else what a login gets.
 */
final class EnvironmentSection {
    private final RunnerInstance runner;
    private final RunnerFile envFile;
    private final RunnerFile pathFile;
    private final Optional<byte[]> envBytes;
    private final Optional<String> pathText;
    private final DotEnv dotEnv;
    private final RunnerReceipt.Entry entry;
    private final JobEnvironment environment;
    private final Map<String, String> wanted;

    EnvironmentSection(HostFiles files, RunnerInstance runner, JobEnvironment environment, RunnerReceipt receipt) {
        this.runner = runner;
        this.environment = environment;
        this.envFile = new RunnerFile(files, runner, runner.environmentFile());
        this.pathFile = new RunnerFile(files, runner, runner.pathFile());
        this.entry = receipt.of(runner.directory()).orElseGet(() -> RunnerReceipt.Entry.of(runner.directory()));
        this.envBytes = envFile.read();
        this.pathText = pathFile.read().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
        this.dotEnv = envBytes.map(DotEnv::parse).orElseGet(DotEnv::empty);
        this.wanted = EnvironmentFormat.withPath(environment, previousPath());
    }

    RunnerInstance runner() {
        return runner;
    }

    RunnerFile envFile() {
        return envFile;
    }

    RunnerFile pathFile() {
        return pathFile;
    }

    boolean envHolds() {
        return dotEnv.holds(wanted);
    }

    boolean pathHolds() {
        return pathText.map(text -> utf8(text).replaceFirst("[\r\n]+$", "").equals(wantedPath()))
                .orElse(false);
    }

    DotEnv merged() {
        return dotEnv.merge(wanted);
    }

    byte[] mergedPath() {
        return (wantedPath() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The receipt's entry as it has to be before the merged {@code .env} is written. */
    RunnerReceipt.Entry entryForEnv() {
        return !dotEnv.hasOurs() ? entry.withMadeEnv(envBytes.isEmpty()) : entry;
    }

    /** The receipt's entry as it has to be before the merged {@code .path} is written. */
    RunnerReceipt.Entry entryForPath() {
        String next = new String(mergedPath(), StandardCharsets.ISO_8859_1);
        return pathIsOurs()
                ? entry.withPath(entry.madePath(), entry.pathBefore(), distinct(pathText.orElse(""), next))
                : entry.withPath(pathText.isEmpty(), pathStripped().orElse(""), List.of(next));
    }

    /** What differs, without any value, and what is written to make it right. */
    List<Repair> repairs() {
        List<Repair> repairs = new ArrayList<>();
        if (!envHolds()) {
            repairs.add(writing(
                    envFile,
                    envBytes.isEmpty(),
                    foundInEnv(),
                    wanted.size() + " variables",
                    new RunnerFix.WriteEnv(runner.directory())));
        }
        if (!pathHolds()) {
            repairs.add(writing(
                    pathFile,
                    pathText.isEmpty(),
                    "another PATH",
                    "the PATH of its .env",
                    new RunnerFix.WritePath(runner.directory())));
        }
        return repairs;
    }

    private static Repair writing(RunnerFile file, boolean missing, String found, String what, RunnerFix fix) {
        String subject = file.path().toString();
        Change change = new Change(
                Change.Kind.WRITE_FILE,
                subject,
                "write " + what + " into " + subject,
                missing ? Fingerprint.ABSENT : Fingerprint.UNKNOWN,
                Fingerprint.UNKNOWN,
                true);
        return Repair.of(
                missing ? Difference.missing(subject, what) : new Difference(subject, found, what), change, fix);
    }

    /** What shows that it is as it should be, without any value. */
    List<String> evidence() {
        List<String> evidence = new ArrayList<>();
        evidence.add(envFile.path() + " has Crossarm's " + wanted.size() + " variables");
        if (!dotEnv.overruledKeys().isEmpty()) {
            evidence.add(envFile.path() + " has lines of its own for " + String.join(", ", dotEnv.overruledKeys())
                    + "; Crossarm's come later and win");
        }
        for (RunnerFile file : List.of(envFile, pathFile)) {
            if (file.foreignOwner()) {
                evidence.add(file.path() + " is owned by an account other than its directory's; left unchanged");
            }
        }
        return evidence;
    }

    /** Whether the {@code .env} holds anything of ours. */
    boolean envHasOurs() {
        return dotEnv.hasOurs();
    }

    byte[] envWithoutOurs() {
        return dotEnv.withoutOurs().bytes();
    }

    /** Whether the {@code .env} is there only because of us: made by us, and nobody has added a line. */
    boolean envIsOnlyOurs() {
        return entry.madeEnv() && envBytes.isPresent() && envWithoutOurs().length == 0;
    }

    /** Whether the {@code .path} holds anything of ours. */
    boolean pathHasOurs() {
        return pathText.isPresent() && (pathIsOurs() || !pathText.equals(pathStripped()));
    }

    /** The {@code .path} without us: as it was before, and absent when it was. What others wrote since stays. */
    Optional<byte[]> pathWithoutOurs() {
        Optional<String> text =
                pathIsOurs() ? Optional.of(entry.pathBefore()).filter(before -> !entry.madePath()) : pathStripped();
        return text.map(before -> before.getBytes(StandardCharsets.ISO_8859_1));
    }

    private boolean pathIsOurs() {
        return pathText.filter(entry.pathWritten()::contains).isPresent();
    }

    /** Without our folders at its very beginning, which is where we put them; elsewhere they are somebody else's choice. */
    private Optional<String> pathStripped() {
        byte[] folders = SearchPath.prepend(environment.pathPrefix(), "").getBytes(StandardCharsets.UTF_8);
        String start = new String(folders, StandardCharsets.ISO_8859_1) + ":";
        return pathText.map(text -> text.startsWith(start) ? text.substring(start.length()) : text);
    }

    private String previousPath() {
        Optional<String> before = pathWithoutOurs().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return dotEnv.foreignValue("PATH")
                .or(() -> before.flatMap(text -> text.lines().findFirst()).filter(path -> !path.isBlank()))
                .orElse(ProgramFolders.DEFAULT);
    }

    private String wantedPath() {
        return wanted.getOrDefault("PATH", ProgramFolders.DEFAULT);
    }

    private String foundInEnv() {
        Map<String, String> read = dotEnv.variables();
        Set<String> wrong = new LinkedHashSet<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(read.get(key))) {
                wrong.add(key);
            }
        });
        if (wrong.isEmpty()) {
            return "all values, but not as Crossarm's block";
        }
        return dotEnv.ourKeys().isEmpty() ? "none of them" : "missing or different: " + String.join(", ", wrong);
    }

    private static List<String> distinct(String first, String second) {
        return first.equals(second) ? List.of(second) : List.of(first, second);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
