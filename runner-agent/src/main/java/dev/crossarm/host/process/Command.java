package dev.crossarm.host.process;

import dev.crossarm.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A child process to run: always an argument list, never a shell line.
 *
 * @param argv program and arguments; the program is looked up on the PATH the child gets
 * @param environment variables set on top of the allow-list that {@link CommandRunner} lets through
 * @param directory working directory; when absent {@code /}, or the home directory of another account
 * @param input what the child reads on standard input; empty means it reads end-of-file at once (/dev/null)
 * @param deadline time after which the child is ended with its whole session
 * @param onDeadline what happens to it then
 * @param user account to run as, the current one when absent; needs root
 * @param secrets values scrubbed from everything that is captured or reported
 * @param kept most bytes of each stream that are kept; of a longer one its end
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> directory,
        String input,
        Duration deadline,
        OnDeadline onDeadline,
        Optional<String> user,
        Set<Secret> secrets,
        int kept) {

    /** Long enough for anything that is not a download or an installation. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);

    /** Bytes of each stream that are kept unless the command asks for more. */
    public static final int DEFAULT_KEPT = 1024 * 1024;

    /** What to do with a child that has not ended in time, or when the agent itself is told to stop. */
    public enum OnDeadline {
        /** TERM to its session, then KILL. */
        END,
        /** Leave it running and say so: for package managers, which must never be killed in mid-work. */
        LEAVE
    }

    public Command {
        argv = List.copyOf(argv);
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        Objects.requireNonNull(onDeadline, "onDeadline");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive: " + deadline);
        }
        if (kept < 1) {
            throw new IllegalArgumentException("something must be kept: " + kept);
        }
        secrets = Set.copyOf(secrets);
    }

    /** A command with no extra variables, no input and the default deadline. */
    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /** A command with no extra variables, no input and the default deadline. */
    public static Command of(List<String> argv) {
        return new Command(
                argv,
                Map.of(),
                Optional.empty(),
                "",
                DEFAULT_DEADLINE,
                OnDeadline.END,
                Optional.empty(),
                Set.of(),
                DEFAULT_KEPT);
    }

    public Command withArguments(List<String> more) {
        List<String> all = new ArrayList<>(argv);
        all.addAll(more);
        return new Command(all, environment, directory, input, deadline, onDeadline, user, secrets, kept);
    }

    /** Adds variables; a later value of the same name wins. */
    public Command withEnvironment(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new Command(argv, all, directory, input, deadline, onDeadline, user, secrets, kept);
    }

    public Command in(Path newDirectory) {
        return new Command(
                argv, environment, Optional.of(newDirectory), input, deadline, onDeadline, user, secrets, kept);
    }

    public Command withInput(String newInput) {
        return new Command(argv, environment, directory, newInput, deadline, onDeadline, user, secrets, kept);
    }

    public Command within(Duration newDeadline) {
        return new Command(argv, environment, directory, input, newDeadline, onDeadline, user, secrets, kept);
    }

    /** The child is left running when its deadline passes or the agent is told to stop. */
    public Command neverKilled() {
        return new Command(argv, environment, directory, input, deadline, OnDeadline.LEAVE, user, secrets, kept);
    }

    public Command as(Optional<String> newUser) {
        return new Command(argv, environment, directory, input, deadline, onDeadline, newUser, secrets, kept);
    }

    public Command withSecrets(Set<Secret> newSecrets) {
        return new Command(argv, environment, directory, input, deadline, onDeadline, user, newSecrets, kept);
    }

    /** For output that is read by the program and can be large. */
    public Command keeping(int bytes) {
        return new Command(argv, environment, directory, input, deadline, onDeadline, user, secrets, bytes);
    }

    /** The program's name without its folder. */
    public String program() {
        return Objects.requireNonNull(Path.of(argv.get(0)).getFileName()).toString();
    }

    /** A line a reader can paste into a shell: arguments quoted where needed, secrets masked, no variables. */
    public String shown() {
        StringBuilder line = new StringBuilder();
        for (String argument : argv) {
            String plain = argument;
            for (Secret secret : secrets) {
                plain = secret.scrub(plain);
            }
            line.append(line.length() == 0 ? "" : " ");
            line.append(word(plain));
        }
        return line.toString();
    }

    /** This text as one word of a shell's command line: quoted where it has to be. */
    public static String word(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return shown();
    }
}
