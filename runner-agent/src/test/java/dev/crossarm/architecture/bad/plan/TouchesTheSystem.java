package dev.crossarm.architecture.bad.plan;

import java.io.IOException;
import java.time.Instant;

/** Bad on purpose: each method asks the system past the wiring. Nobody calls them. */
public final class TouchesTheSystem {
    public String environment() {
        return System.getenv("HOME") + System.getProperty("user.home");
    }

    public void streams() {
        System.out.println();
        System.err.println();
    }

    public void process() throws IOException {
        new ProcessBuilder("true").start();
        System.exit(1);
    }

    public Instant time() throws InterruptedException {
        Thread.sleep(1);
        return Instant.now();
    }
}
