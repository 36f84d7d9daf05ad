package dev.crossarm.runner.install;

import dev.crossarm.plan.Progress;

/** Told how an installation or update gets on. */
public interface InstallProgress extends Progress {

    /** Tells nobody. */
    InstallProgress NONE = new InstallProgress() {
        @Override
        public void step(String text) {}

        @Override
        public void line(String text) {}

        @Override
        public void waiting(String reason) {}
    };

    /** What is done next; one line that stays. */
    void step(String text);
}
