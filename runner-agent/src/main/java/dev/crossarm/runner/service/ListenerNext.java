package dev.crossarm.runner.service;

import dev.crossarm.problem.ExitStatus;
import java.time.Duration;

/** What comes after a listener's end. */
sealed interface ListenerNext {

    /** Start another one after a pause, which may be nothing. */
    record Restart(Duration pause) implements ListenerNext {}

    /** Start another one once the updater has told that it is done, or after this long. */
    record AfterUpdate(Duration atMost) implements ListenerNext {}

    /** Start none, and end with this status. */
    record Stop(ExitStatus status) implements ListenerNext {}
}
