package dev.crossarm.architecture.bad.cli;

/** Bad on purpose: neither final nor sealed. */
public class OpenClass {}
