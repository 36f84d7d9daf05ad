package dev.crossarm.host;

import java.nio.file.Path;

/**
 * An account of this machine, as a line of {@code passwd(5)} tells it.
 *
 * @param name login name
 * @param uid numeric user id
 * @param gid numeric id of its primary group
 * @param home home directory
 */
public record Account(String name, int uid, int gid, Path home) {}
