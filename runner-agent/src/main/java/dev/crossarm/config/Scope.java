package dev.crossarm.config;

/** Whether a whole machine is provisioned (needs root) or one user's account. */
public enum Scope {
    SYSTEM,
    USER
}
