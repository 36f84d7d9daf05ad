package dev.crossarm.github;

/**
 * What matters about a repository to whoever runs its jobs.
 *
 * @param open whether it is public: then everybody's pull requests may bring code to its runners
 * @param archived whether it is read-only, and so has no jobs
 */
public record RepositoryFacts(String fullName, boolean open, boolean archived) {}
