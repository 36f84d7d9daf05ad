package dev.crossarm.plan;

/**
 * How a step carries out a repair: a value of a type that the step seals, so that it knows every case. Only the step that
 * made it reads it, and nothing is ever read from what people are shown.
 */
public interface Fix {}
