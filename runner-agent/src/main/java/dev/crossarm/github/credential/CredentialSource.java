package dev.crossarm.github.credential;

import java.nio.file.Path;
import java.util.List;

/** The kinds of credential, as settings name them. None holds a secret. */
public sealed interface CredentialSource {

    /**
     * A GitHub App, the best choice: narrow rights, and tokens that live for an hour.
     *
     * @param id the App's id or its client id
     * @param key file with its private key, PKCS#1 or PKCS#8, for its owner alone
     */
    record App(String id, Path key) implements CredentialSource {}

    /** A file with a fine-grained or classic token, for its owner alone; read anew for each call. */
    record TokenFile(Path file) implements CredentialSource {}

    /** A command that prints a token; what it prints is never logged. */
    record HelperCommand(List<String> command) implements CredentialSource {
        public HelperCommand {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a credential helper needs a program");
            }
        }
    }
}
