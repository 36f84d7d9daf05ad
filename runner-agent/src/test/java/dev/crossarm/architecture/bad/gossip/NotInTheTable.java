package dev.crossarm.architecture.bad.gossip;

/** Bad on purpose: its package has no row. */
public final class NotInTheTable {}
