package dev.crossarm.runner.life;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The environment sections of runners. */
public interface EnvironmentSections {

    /** Merges the section of the runner in this folder, and sees that its listener reads it: now, or when its job ends. */
    void merge(Path folder, Consumer<String> said);

    /** Forgets what is remembered of the runner in this folder; nothing is fine. */
    void forget(Path folder);
}
