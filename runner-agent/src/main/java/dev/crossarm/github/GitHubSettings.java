package dev.crossarm.github;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Setting;
import dev.crossarm.config.WordList;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is set of GitHub.
 *
 * @param address the place whose runners are managed
 * @param credential who manages them
 * @param betweenWrites the least time between two requests of this host that change something
 */
public record GitHubSettings(
        Optional<GitHubAddress> address, Optional<CredentialSource> credential, Duration betweenWrites) {
    private static final String KEEP = "sudo install -m 0600 /dev/stdin /etc/crossarm/github-token";

    /** Where people expect a token to be taken from. Every process of the account, and every job, could read it there. */
    private static final List<String> VARIABLES = List.of("GITHUB_TOKEN", "GH_TOKEN");

    /**
     * As they are set. Files are not opened and nothing is run.
     *
     * @throws CrossarmException (78) when they contradict each other
     */
    public static GitHubSettings of(Loaded loaded) {
        double perSecond = Double.parseDouble(
                value(loaded, ConfigKey.GITHUB_WRITES_PER_SECOND).orElse("2"));
        long millis = Math.round(1000 / perSecond);
        return new GitHubSettings(
                value(loaded, ConfigKey.GITHUB_URL).map(GitHubAddress::parse),
                credential(loaded),
                Duration.ofMillis(Math.max(millis, RequestPace.USUAL.toMillis())));
    }

    private static Optional<CredentialSource> credential(Loaded loaded) {
        Optional<String> id = value(loaded, ConfigKey.GITHUB_APP_ID);
        Optional<String> key = value(loaded, ConfigKey.GITHUB_APP_KEY);
        Optional<CredentialSource> file =
                value(loaded, ConfigKey.GITHUB_TOKEN_FILE).map(path -> new CredentialSource.TokenFile(Path.of(path)));
        Optional<CredentialSource> helper = value(loaded, ConfigKey.GITHUB_CREDENTIAL_HELPER)
                .flatMap(WordList::of)
                .map(CredentialSource.HelperCommand::new);
        List<ConfigKey> named = new ArrayList<>();
        id.or(() -> key)
                .ifPresent(app -> named.add(id.isPresent() ? ConfigKey.GITHUB_APP_ID : ConfigKey.GITHUB_APP_KEY));
        file.ifPresent(one -> named.add(ConfigKey.GITHUB_TOKEN_FILE));
        helper.ifPresent(one -> named.add(ConfigKey.GITHUB_CREDENTIAL_HELPER));
        if (named.size() > 1) {
            throw several(loaded, named.get(0), named.get(1));
        }
        if (id.isPresent() != key.isPresent()) {
            throw id.isPresent()
                    ? half(loaded, ConfigKey.GITHUB_APP_ID, ConfigKey.GITHUB_APP_KEY, "/etc/crossarm/app.pem")
                    : half(loaded, ConfigKey.GITHUB_APP_KEY, ConfigKey.GITHUB_APP_ID, "123456");
        }
        Optional<CredentialSource> app =
                id.flatMap(number -> key.map(path -> new CredentialSource.App(number, Path.of(path))));
        return Stream.of(app, file, helper).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> value(Loaded loaded, ConfigKey key) {
        return Optional.ofNullable(loaded.table().get(key)).map(Setting::values).stream()
                .flatMap(List::stream)
                .findFirst();
    }

    private static String place(Loaded loaded, ConfigKey key) {
        Setting setting = loaded.setting(key);
        return key.key() + " (" + setting.origin() + ")";
    }

    private static CrossarmException several(Loaded loaded, ConfigKey one, ConfigKey other) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-credentials-several",
                        "two credentials for GitHub are set, and only one can be used: " + place(loaded, one) + " and "
                                + place(loaded, other),
                        "Remove one of them; see where each comes from: crossarm config show")
                .asException();
    }

    private static CrossarmException half(Loaded loaded, ConfigKey there, ConfigKey missing, String example) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-app-incomplete",
                        "a GitHub App needs its id and its key: " + place(loaded, there) + " is set and "
                                + missing.key() + " is not",
                        "Give " + missing.flag() + " as well, for example " + missing.flag() + " " + example,
                        "or set it for good, in /etc/crossarm/config.toml: " + missing.key() + " = \"" + example + "\"")
                .asException();
    }

    /** The address. @throws CrossarmException (78) when none is set */
    public GitHubAddress requireAddress() {
        return address.orElseThrow(() -> Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-url-missing",
                        "it is not set whose runners this is about: the address of an organization, a repository or an"
                                + " enterprise is missing",
                        "Give it, for example --url https://github.com/ACME",
                        "or set it for good, in /etc/crossarm/config.toml: github.url = \"https://github.com/ACME\"")
                .asException());
    }

    /**
     * The credential.
     *
     * @param variables names of the variables this process was started with
     * @throws CrossarmException (78) when none is set
     */
    public CredentialSource requireCredential(Set<String> variables) {
        return credential.orElseThrow(() -> none(variables).asException());
    }

    private static Problem none(Set<String> variables) {
        String seen = VARIABLES.stream()
                .filter(variables::contains)
                .findFirst()
                .map(name -> "The variable " + name
                        + " is set and is not used: other programs and jobs could read a token" + " there.")
                .orElse("");
        return new Problem(
                "github-credential-missing",
                "there is no credential for GitHub: it takes a GitHub App, a file with a token, or a command that prints"
                        + " one",
                seen,
                List.of(
                        "Give an App: --app-id 123456 --app-key /etc/crossarm/app.pem",
                        "or a file with a token: --token-file /etc/crossarm/github-token",
                        "To make that file, type this, paste the token, then press Enter and Ctrl+D: " + KEEP),
                ExitStatus.CONFIGURATION);
    }

    /** Why an option that would carry a token itself is refused. */
    public static Problem tokenOnCommandLine(String option) {
        return new Problem(
                "github-token-on-command-line",
                option + " is not accepted: every account on this machine can read the command lines of others",
                "If a real token was given, delete it on GitHub and make a new one.",
                List.of(
                        "Put the token into a file; type this, paste the token, then press Enter and Ctrl+D: " + KEEP,
                        "Then name the file: --token-file /etc/crossarm/github-token"),
                ExitStatus.USAGE);
    }
}
