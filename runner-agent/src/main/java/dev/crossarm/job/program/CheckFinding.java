package dev.crossarm.job.program;

import java.nio.file.Path;

/**
 * Something a built program is not, and ought to be.
 *
 * @param id kebab-case, stable
 * @param title one line
 * @param explanation what was seen and why it matters
 * @param remedy what mends it
 * @param file the file it is about, absolute
 */
public record CheckFinding(String id, String title, String explanation, String remedy, Path file) {}
