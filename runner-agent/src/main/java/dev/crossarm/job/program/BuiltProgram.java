package dev.crossarm.job.program;

import java.nio.file.Path;

/**
 * A program that cargo built.
 *
 * @param packageName package it belongs to
 * @param packageVersion that package's version
 * @param name the program's own name: the one of its {@code [[bin]]}, also where the file is called otherwise
 * @param file absolute path of the file that later steps of a job use
 */
public record BuiltProgram(String packageName, String packageVersion, String name, Path file) {

    public BuiltProgram {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the name of a program: " + name);
        }
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + file);
        }
    }
}
