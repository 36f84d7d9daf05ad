package dev.crossarm.runner.life;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runner's own {@code config.sh}, run as the account of the jobs. A token goes to it in the environment of that one child, where
 * the runner takes it from and deletes it (actions/runner, CommandSettings.cs), and never as an argument.
 */
final class ConfigScript {
    private static final String TOKEN = "ACTIONS_RUNNER_INPUT_TOKEN";

    /** It makes an RSA key and calls GitHub several times. */
    private static final Duration IN_TIME = Duration.ofMinutes(5);

    private final HostFiles files;
    private final CommandRunner commands;
    private final Path folder;
    private final String account;

    ConfigScript(HostFiles files, CommandRunner commands, Path folder, String account) {
        this.files = files;
        this.commands = commands;
        this.folder = folder;
        this.account = account;
    }

    /** @throws dev.crossarm.problem.CrossarmException saying what is in the way */
    void register(RegisterRequest request, String address, List<String> labels, Secret token) {
        endEnvironmentFile();
        List<String> words = new ArrayList<>(List.of(
                folder.resolve("config.sh").toString(),
                "--unattended",
                "--url",
                address,
                "--name",
                request.onGitHub(),
                "--no-default-labels",
                "--labels",
                String.join(",", labels),
                "--work",
                "_work",
                "--disableupdate"));
        request.group().ifPresent(group -> words.addAll(List.of("--runnergroup", group)));
        if (request.ephemeral()) {
            words.add("--ephemeral");
        }
        if (request.replace()) {
            words.add("--replace");
        }
        CommandResult result = run(words, token);
        if (!result.succeeded()) {
            throw Failed.of(result, request, address).asException();
        }
    }

    private CommandResult run(List<String> words, Secret token) {
        return commands.run(Command.of(words)
                .in(folder)
                .as(account.equals(FileState.owner(Path.of("/proc/self"))) ? Optional.empty() : Optional.of(account))
                .withEnvironment(Map.of(TOKEN, token.reveal()))
                .withSecrets(Set.of(token))
                .within(IN_TIME));
    }

    /** The script appends to {@code .env} on every call, and begins no new line. */
    private void endEnvironmentFile() {
        Path file = folder.resolve(".env");
        byte[] content = files.read(file).orElse(new byte[0]);
        if (content.length > 0 && content[content.length - 1] != '\n') {
            Ownership ownership = FileState.ownership(file);
            byte[] ended = Arrays.copyOf(content, content.length + 1);
            ended[content.length] = '\n';
            files.write(file, ended, ownership);
        }
    }

    /** What the script said, as a problem. */
    private static final class Failed {

        static Problem of(CommandResult result, RegisterRequest request, String address) {
            String said = Stream.concat(
                            result.lastLines().stream(),
                            Stream.of(result.out().tail(), result.err().tail()))
                    .reduce("", (all, line) -> all + "\n" + line);
            if (says(said, "already configured")) {
                return problem(
                        result,
                        "runner-configured-meanwhile",
                        "the runner " + request.name() + " was registered by somebody else meanwhile",
                        ExitStatus.TRY_LATER,
                        "crossarm runner register " + request.name());
            }
            if (says(said, "exists with the same name")) {
                return problem(
                        result,
                        "runner-name-taken",
                        "the name " + request.onGitHub() + " was taken on GitHub meanwhile",
                        ExitStatus.CONFIGURATION,
                        "Give another one: --name OTHER");
            }
            if (says(said, "self-hosted runner group named")) {
                return problem(
                        result,
                        "runner-group-unknown",
                        "GitHub knows no such runner group: " + request.group().orElse("the standard one"),
                        ExitStatus.CONFIGURATION,
                        "Give one that there is: --group NAME");
            }
            if (says(said, "Dependencies is missing") || says(said, "libicu") || says(said, "=> not found")) {
                return problem(
                        result,
                        "runner-libraries-missing",
                        "the runner cannot start: libraries that it needs are not installed",
                        ExitStatus.UNAVAILABLE,
                        "sudo apt-get install libicu-dev libssl3 libkrb5-3 zlib1g libatomic1",
                        "sudo crossarm provision");
            }
            if (says(said, "is not yet valid") || says(said, "not valid before") || says(said, "lifetime")) {
                return problem(
                        result,
                        "runner-clock",
                        "GitHub refused the runner's signature: the clock of this machine may be wrong",
                        ExitStatus.CONFIGURATION,
                        "timedatectl",
                        "sudo timedatectl set-ntp true");
            }
            if (says(said, "NotFound") || says(said, "404")) {
                return problem(
                        result,
                        "runner-registration-not-found",
                        "GitHub did not accept the registration at " + address
                                + ": the runner is too old, or the token was not for this place",
                        ExitStatus.UNAVAILABLE,
                        "See how old the runner is: crossarm runner status " + request.name(),
                        "Check the credential: crossarm doctor");
            }
            if (says(said, "Unauthorized") || says(said, "401") || says(said, "expired")) {
                return problem(
                        result,
                        "runner-registration-refused",
                        "GitHub refused the token for the registration, which it had just given",
                        ExitStatus.TRY_LATER,
                        "Check the clock: timedatectl",
                        "crossarm runner register " + request.name());
            }
            return result.asProblem(
                    "runner-registration-failed",
                    "the runner's config.sh could not register " + request.name(),
                    "See what it wrote: sudo ls -t "
                            + FileProblems.quoted(
                                    Path.of(result.command().argv().get(0)).resolveSibling("_diag")),
                    "crossarm runner register " + request.name());
        }

        private static boolean says(String said, String words) {
            return said.contains(words);
        }

        private static Problem problem(
                CommandResult result, String code, String summary, ExitStatus exit, String... remedies) {
            Problem raw = result.asProblem(code, summary, remedies);
            return new Problem(code, summary, raw.detail(), raw.remedies(), exit);
        }
    }
}
