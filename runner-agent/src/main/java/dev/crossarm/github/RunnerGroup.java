package dev.crossarm.github;

/**
 * A group of an organisation's or enterprise's runners.
 *
 * @param visibility {@code all}, {@code selected} or {@code private}
 * @param standard whether runners come here that name no group
 * @param inherited whether it is the enterprise's
 * @param allowsPublic whether public repositories, and so everybody's pull requests, may use its runners
 */
public record RunnerGroup(
        long id, String name, String visibility, boolean standard, boolean inherited, boolean allowsPublic) {

    static RunnerGroup of(Fields fields) {
        return new RunnerGroup(
                fields.id("id"),
                fields.text("name"),
                fields.text("visibility"),
                fields.flag("default"),
                fields.optionalFlag("inherited").orElse(false),
                fields.flag("allows_public_repositories"));
    }
}
