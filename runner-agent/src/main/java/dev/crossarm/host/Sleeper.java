package dev.crossarm.host;

import java.time.Duration;

/** Waits; replaced in tests so that none of them really does. */
@FunctionalInterface
public interface Sleeper {

    /** @throws InterruptedException when told to stop waiting */
    void sleep(Duration duration) throws InterruptedException;
}
