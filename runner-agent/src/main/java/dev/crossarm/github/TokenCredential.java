package dev.crossarm.github;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.text.Secret;
import dev.crossarm.text.SecretRegister;
import dev.crossarm.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token that somebody else looks after: in a file, or from a command. */
final class TokenCredential implements Credential {
    private final String shown;
    private final Supplier<Secret> source;
    private final boolean keeps;
    private final SecretRegister secrets;
    private @Nullable Authorization kept;

    /**
     * @param source throws a problem when there is no token
     * @param keeps whether to ask it only once, and again when GitHub refuses what it gave
     */
    TokenCredential(String shown, Supplier<Secret> source, boolean keeps, SecretRegister secrets) {
        this.shown = shown;
        this.source = source;
        this.keeps = keeps;
        this.secrets = secrets;
    }

    @Override
    public synchronized Answer<Authorization> current() {
        Authorization known = kept;
        if (known != null && keeps) {
            return Answer.of(known);
        }
        try {
            Secret token = source.get();
            secrets.add(token);
            Authorization fresh = new Authorization(token, shown + " " + mark(token));
            kept = fresh;
            return Answer.of(fresh);
        } catch (CrossarmException unusable) {
            return Answer.failed(Failure.lasting(Failure.Kind.UNAUTHORISED, unusable.problem()));
        }
    }

    /** Tells two tokens apart, and nobody can find one from it. */
    private static String mark(Secret token) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(token.reveal().getBytes(StandardCharsets.UTF_8));
        return Sha256.of(digest).hex().substring(0, 12);
    }

    @Override
    public synchronized boolean refused(Authorization authorization) {
        kept = null;
        return keeps;
    }

    @Override
    public String shown() {
        return shown;
    }
}
