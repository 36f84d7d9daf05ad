package dev.crossarm.github.credential;

import dev.crossarm.host.RootsOwn;
import dev.crossarm.host.files.PrivateFile;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where tokens come from that somebody else looks after. */
public final class TokenSources {
    private static final int LARGEST = 16 * 1024;
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    /** Every form there was and is; what a header cannot hold is no token. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.~+/=-]{16,4096}");

    private TokenSources() {}

    /** The token in a file that is for its owner alone. */
    public static Secret file(Path file) {
        String text = new String(PrivateFile.read("the GitHub token", file, LARGEST), StandardCharsets.UTF_8);
        return token(text).orElseThrow(() -> CredentialProblems.noToken(file));
    }

    /** The token that a command prints. Its output is neither kept nor shown, whatever comes of it. */
    public static Secret helper(CommandRunner commands, CredentialSource.HelperCommand helper) {
        Path program = Path.of(helper.command().get(0));
        if (!program.isAbsolute()) {
            throw CredentialProblems.helperFailed(program, "it is not named with its whole path");
        }
        requireRoots(program);
        CommandResult result;
        try {
            result = commands.run(Command.of(helper.command()).within(IN_TIME).keeping(LARGEST));
        } catch (CrossarmException notRun) {
            throw CredentialProblems.helperFailed(program, notRun.problem().summary());
        }
        if (!result.succeeded()) {
            throw CredentialProblems.helperFailed(
                    program,
                    result.timedOut()
                            ? "it did not end within " + IN_TIME.toSeconds() + " s"
                            : "it ended with status " + result.exit());
        }
        return result.out()
                .ifWhole()
                .flatMap(TokenSources::token)
                .orElseThrow(() -> CredentialProblems.helperFailed(program, "it printed no token"));
    }

    private static void requireRoots(Path program) {
        try {
            if (RootsOwn.root() && !RootsOwn.holds(program)) {
                throw CredentialProblems.helperFailed(program, "an account other than root can change it");
            }
        } catch (IOException unknowable) {
            throw CredentialProblems.helperFailed(program, "nobody can tell who may change it");
        }
    }

    /** One line with a token, and nothing else but blank space. */
    private static Optional<Secret> token(String text) {
        String line = text.strip();
        return TOKEN.matcher(line).matches() ? Optional.of(Secret.of(line)) : Optional.empty();
    }
}
