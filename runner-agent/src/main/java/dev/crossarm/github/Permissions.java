package dev.crossarm.github;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights that GitHub says a call needs, by the names that its settings show. */
final class Permissions {
    /** For Apps and fine-grained tokens: alternatives parted by semicolons, each of rights parted by commas. */
    static final String ACCEPTED = "X-Accepted-GitHub-Permissions";

    static final String SELF_HOSTED = "organization_self_hosted_runners";
    static final String ADMINISTRATION = "administration";

    private static final Map<String, String> NAMES = Map.of(
            SELF_HOSTED,
            "organization permission Self-hosted runners",
            ADMINISTRATION,
            "repository permission Administration",
            "organization_administration",
            "organization permission Administration",
            "actions",
            "repository permission Actions",
            "metadata",
            "repository permission Metadata");

    private Permissions() {}

    /** In one line; empty when the answer does not say. */
    static Optional<String> named(ApiReply reply) {
        return Optional.ofNullable(reply.headers().get(ACCEPTED))
                .filter(header -> header.matches("[a-z_]+=[a-z]+([,;] ?[a-z_]+=[a-z]+)*"))
                .map(header -> Stream.of(header.split("; ?", -1))
                        .map(Permissions::together)
                        .collect(Collectors.joining(", or ", "the ", "")));
    }

    private static String together(String rights) {
        return Stream.of(rights.split(", ?", -1))
                .map(right -> {
                    String[] parts = right.split("=", 2);
                    return NAMES.getOrDefault(parts[0], "permission " + parts[0]) + " (" + parts[1] + ")";
                })
                .collect(Collectors.joining(" and "));
    }
}
