package dev.crossarm.github.credential;

import dev.crossarm.host.FileProblems;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;

/** What can be wrong with a key, a token's file or a helper. */
final class CredentialProblems {
    private CredentialProblems() {}

    static CrossarmException keyUnusable(Path file, String why) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-key-unusable",
                        "the key of the GitHub App in " + file + " cannot be used: " + why,
                        "See what it is: openssl pkey -in " + FileProblems.quoted(file) + " -noout -text | head -n 1",
                        "Or make a new one: the App's settings, Private keys, Generate a private key")
                .asException();
    }

    static CrossarmException noToken(Path file) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-token-unusable",
                        "there is no GitHub token in " + file + ": it has to hold one line with the token",
                        "See how much is in it, without showing it: wc " + FileProblems.quoted(file))
                .asException();
    }

    static CrossarmException helperFailed(Path program, String why) {
        return Problem.of(
                        ExitStatus.UNAVAILABLE,
                        "github-helper-failed",
                        "the credential helper " + program + " gave no token: " + why,
                        "Run it by hand, and see that it prints the token and nothing else: " + program + " | wc",
                        "See who may change it: namei -l " + FileProblems.quoted(program))
                .asException();
    }
}
