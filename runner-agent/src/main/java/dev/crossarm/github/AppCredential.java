package dev.crossarm.github;

import dev.crossarm.github.credential.AppKey;
import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.host.files.PrivateFile;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.text.Secret;
import dev.crossarm.text.SecretRegister;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App. It finds its installation once, and gets a new token some minutes before the old one ends by GitHub's clock.
 * While GitHub has trouble the old one serves to its end. The key is read from its file each time it is needed.
 */
final class AppCredential implements Credential {
    private static final Duration RENEW = Duration.ofMinutes(10);
    private static final Duration STILL_GOOD = Duration.ofSeconds(60);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(20);
    private static final int LARGEST_KEY = 64 * 1024;

    /**
     * What the App acts with in one installation, for an hour. Its form is GitHub's own affair: old ones have 40 characters,
     * new ones about 520.
     *
     * @param expires by GitHub's clock
     */
    private record Token(Secret token, Instant expires) {
        static Token of(Fields fields) {
            return new Token(Secret.of(fields.token("token")), fields.instant("expires_at"));
        }

        Duration left(ServerClock clock) {
            return Duration.between(clock.now(), expires);
        }
    }

    private record Installation(long id, Map<String, String> permissions, boolean suspended) {
        static Installation of(Fields fields) {
            return new Installation(
                    fields.id("id"),
                    fields.texts("permissions"),
                    fields.optionalText("suspended_at").isPresent());
        }
    }

    private final GitHubAddress address;
    private final String app;
    private final Path key;
    private final Wire wire;
    private final ServerClock clock;
    private final SecretRegister secrets;
    private @Nullable Installation installation;
    private @Nullable Token token;
    private Instant notBefore = Instant.MIN;
    private int renewals;

    AppCredential(
            GitHubAddress address, CredentialSource.App source, Wire wire, ServerClock clock, SecretRegister secrets) {
        this.address = address;
        this.app = source.id();
        this.key = source.key();
        this.wire = wire;
        this.clock = clock;
        this.secrets = secrets;
    }

    @Override
    public synchronized Answer<Authorization> current() {
        Token known = token;
        boolean rest = clock.now().isBefore(notBefore);
        if (known != null && (known.left(clock).compareTo(RENEW) > 0 || (rest && stillGood(known)))) {
            return Answer.of(authorization(known));
        }
        Answer<Token> made = installation().then(this::make);
        if (made.failedAs(Failure.Kind.NOT_FOUND) && installation != null) {
            // Taken off and installed again since it was looked up: it has another id now.
            installation = null;
            made = installation().then(this::make);
        }
        if (made.failure().isPresent()) {
            if (known != null && stillGood(known)) {
                notBefore = clock.now().plus(AFTER_FAILURE);
                return Answer.of(authorization(known));
            }
            return Answer.failed(made.failure().get());
        }
        Token fresh = made.orThrow();
        secrets.add(fresh.token());
        token = fresh;
        renewals++;
        return Answer.of(authorization(fresh));
    }

    private boolean stillGood(Token known) {
        return known.left(clock).compareTo(STILL_GOOD) > 0;
    }

    private Authorization authorization(Token good) {
        return new Authorization(good.token(), "app " + app + " token " + renewals);
    }

    @Override
    public synchronized boolean refused(Authorization authorization) {
        Token known = token;
        if (known != null && known.token().equals(authorization.token())) {
            token = null;
        }
        return true;
    }

    @Override
    public String shown() {
        return "the GitHub App " + app;
    }

    @Override
    public synchronized Answer<Optional<Map<String, String>>> rights() {
        return installation().map(found -> Optional.of(found.permissions()));
    }

    private Answer<Installation> installation() {
        Installation known = installation;
        if (known != null) {
            return Answer.of(known);
        }
        if (address.scope() instanceof RunnerScope.Enterprise enterprise) {
            return Answer.failed(GitHubProblems.noAppForEnterprise(enterprise));
        }
        ApiCall call = ApiCall.get(
                address.below("installation"),
                "app",
                "find where " + shown() + " is installed",
                new RunnerScope.Need("key of the App " + app, "(none will do)"));
        Answer<Installation> found = asApp(call, Installation::of);
        if (found.failedAs(Failure.Kind.NOT_FOUND)) {
            return Answer.failed(
                    GitHubProblems.notInstalled(address, app, found.failure().orElseThrow()));
        }
        if (found.value().filter(Installation::suspended).isPresent()) {
            return Answer.failed(GitHubProblems.suspended(address, app));
        }
        found.value().ifPresent(one -> installation = one);
        return found;
    }

    private Answer<Token> make(Installation in) {
        HttpUrl url = address.api()
                .newBuilder()
                .addPathSegments("app/installations")
                .addPathSegment(Long.toString(in.id()))
                .addPathSegment("access_tokens")
                .build();
        ApiCall call = ApiCall.write(
                "POST",
                url,
                "app",
                "get a token for " + shown(),
                new RunnerScope.Need("key of the App", "(none will do)"));
        return asApp(call, Token::of);
    }

    /** A call that the App signs itself; once more when the host's clock turns out to be wrong. */
    private <T> Answer<T> asApp(ApiCall call, Function<Fields, T> reading) {
        AppKey signer;
        try {
            signer = AppKey.of(key, PrivateFile.read("the key of the GitHub App", key, LARGEST_KEY));
        } catch (CrossarmException unusable) {
            return Answer.failed(Failure.lasting(Failure.Kind.UNAUTHORISED, unusable.problem()));
        }
        Duration before = clock.ahead();
        Answer<ApiReply> reply = wire.exchange(call, signed(signer));
        boolean wrongClock = clock.ahead().minus(before).abs().compareTo(SKEW) > 0;
        if (reply.failedAs(Failure.Kind.UNAUTHORISED)) {
            reply = wrongClock ? wire.exchange(call, signed(signer)) : reply;
        }
        if (reply.failedAs(Failure.Kind.UNAUTHORISED)) {
            return Answer.failed(
                    GitHubProblems.appRefused(app, key, reply.failure().orElseThrow()));
        }
        return reply.then(good -> Fields.read(good, call, wire.problems(), reading));
    }

    private Authorization signed(AppKey signer) {
        Instant now = clock.now();
        return new Authorization(Secret.of(signer.signed(app, now)), "app " + app);
    }
}
