package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who may call: a GitHub App by its signature and then by installation tokens, or one fixed token. */
final class AppAuthority {
    private static final long INSTALLATION = 7001;

    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private Optional<PublicKey> key = Optional.empty();
    private String fixed = "";

    /** A GitHub App whose requests this key has signed. */
    void app(PublicKey given) {
        key = Optional.of(given);
    }

    /** A personal token, for all calls. */
    void token(String given) {
        fixed = given;
    }

    /** Whether this is the token of an installation, or the fixed one. */
    boolean knows(String token) {
        Instant until = tokens.get(token);
        return (!fixed.isEmpty() && token.equals(fixed))
                || (until != null && Instant.now().isBefore(until));
    }

    /** Every installation token that was handed out, to be looked for where none may be. */
    java.util.Set<String> handedOut() {
        return java.util.Set.copyOf(tokens.keySet());
    }

    /** Whether the App has signed this: RS256, not expired, not from the time to come. */
    boolean signed(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (key.isEmpty() || parts.length != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.get());
            signature.update((parts[0] + "." + parts[1]).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return false;
            }
            var claims = Exchange.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            long now = Instant.now().getEpochSecond();
            return claims.path("exp").asLong() > now
                    && claims.path("exp").asLong() <= now + 600
                    && claims.path("iat").asLong() <= now;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            return false;
        }
    }

    ObjectNode installation(String account) {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("id", INSTALLATION);
        json.putObject("account").put("login", account);
        json.putNull("suspended_at");
        permissions(json);
        return json;
    }

    /** In the form that GitHub hands out since 2026: the App's number and a JWT, some 520 characters. */
    ObjectNode token() {
        String body = UUID.randomUUID().toString().replace("-", "").repeat(12);
        String token =
                "ghs_123_eyJ" + body.substring(0, 120) + "." + body.substring(0, 200) + "." + body.substring(0, 170);
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        tokens.put(token, until);
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("token", token);
        json.put("expires_at", until.toString());
        permissions(json);
        return json;
    }

    private static void permissions(ObjectNode json) {
        json.putObject("permissions")
                .put("organization_self_hosted_runners", "write")
                .put("administration", "write")
                .put("metadata", "read");
    }
}
