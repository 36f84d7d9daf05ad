package dev.crossarm.architecture.bad.cli;

/** Bad on purpose: the name says nothing. */
public final class TextUtil {}
