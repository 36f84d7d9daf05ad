package dev.crossarm.job.request;

/**
 * Something that was found out before a build and has a say in it.
 *
 * @param warning whether it may do harm; of the rest a job makes no annotation, and a quiet run says nothing
 * @param text one line
 */
public record Remark(boolean warning, String text) {}
