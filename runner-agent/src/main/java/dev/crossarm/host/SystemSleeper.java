package dev.crossarm.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Really waits. */
public final class SystemSleeper implements Sleeper {

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
