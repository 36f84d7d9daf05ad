package dev.crossarm.github;

import dev.crossarm.download.HttpClientFactory;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.github.credential.TokenSources;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.text.SecretRegister;
import java.time.InstantSource;
import java.util.Map;

/**
 * One place of GitHub with one credential. Makes nothing and asks nobody until a call is made. For many threads; the pace is
 * shared by all that use the same credential on this host.
 */
public final class GitHubAccess {
    private final ApiClient client;
    private final Library library;
    private final SecretRegister secrets;

    /**
     * Throws a problem where certificate files are named that cannot be used.
     *
     * @param environment where proxies and certificate files are named
     * @param commands runs a credential helper
     * @param secrets is told every token, so that it is shown nowhere
     */
    public GitHubAccess(
            GitHubAddress address,
            CredentialSource source,
            Map<String, String> environment,
            CommandRunner commands,
            InstantSource clock,
            RequestPace pace,
            SecretRegister secrets) {
        this(address, source, environment, commands, clock, pace, secrets, Wire.Limits.USUAL);
    }

    GitHubAccess(
            GitHubAddress address,
            CredentialSource source,
            Map<String, String> environment,
            CommandRunner commands,
            InstantSource clock,
            RequestPace pace,
            SecretRegister secrets,
            Wire.Limits limits) {
        ServerClock serverClock = new ServerClock(clock);
        Wire wire = new Wire(address, new HttpClientFactory(environment), pace, serverClock, limits);
        this.client = new ApiClient(address, wire, credential(address, source, commands, wire, serverClock, secrets));
        this.library = new Library(client);
        this.secrets = secrets;
    }

    private static Credential credential(
            GitHubAddress address,
            CredentialSource source,
            CommandRunner commands,
            Wire wire,
            ServerClock clock,
            SecretRegister secrets) {
        if (source instanceof CredentialSource.App app) {
            return new AppCredential(address, app, wire, clock, secrets);
        }
        if (source instanceof CredentialSource.TokenFile file) {
            return new TokenCredential(
                    "the token in " + file.file(), () -> TokenSources.file(file.file()), false, secrets);
        }
        CredentialSource.HelperCommand helper = (CredentialSource.HelperCommand) source;
        return new TokenCredential(
                "the token of " + helper.command().get(0), () -> TokenSources.helper(commands, helper), true, secrets);
    }

    /** The calls about runners. */
    public RunnersApi runners() {
        return new RunnersApi(client, secrets);
    }

    /** A repository, the address's own or one of its organisation's. */
    public Answer<RepositoryFacts> repository(String owner, String name) {
        return library.repository(new RunnerScope.Repository(owner, name));
    }

    /** What is left of the credential's hourly limit. GitHub does not count this call. */
    public Answer<RateFacts> rate() {
        return RateFacts.read(client);
    }

    /** Tries the credential by reads, and says what it can do. Never throws for what it finds. */
    public CredentialReport tryCredential() {
        return new CredentialTrial(client).report();
    }
}
