package dev.crossarm.runner.service;

import java.util.Optional;

/**
 * The lines of a listener's standard output that tell what happens (actions/runner, Runner.cs, MessageListener.cs, and what was
 * seen in use). Everything else it writes is for people.
 */
enum ListenerSaid {
    /** It waits for jobs. */
    LISTENING("Listening for Jobs"),
    /** A job begins; its name follows. */
    JOB_BEGAN("Running job: "),
    /** A job is over; its result follows. */
    JOB_ENDED(" completed with result: "),
    /** It cannot reach GitHub and goes on trying. */
    LOST_CONNECTION("Runner connect error"),
    /** It reached GitHub again. */
    RECONNECTED("Runner reconnected"),
    /** Another listener of the same registration is connected. */
    SESSION_CONFLICT("A session for this runner already exists"),
    /** GitHub has no such runner (any more). */
    REGISTRATION_DELETED("registration has been deleted"),
    /** GitHub gives this version no jobs; it was seen to say so of the newest one, during an outage (actions/runner #4613). */
    DEPRECATED("is deprecated and cannot receive messages"),
    /** There is no {@code .runner}. */
    NOT_CONFIGURED("Not configured"),
    /** The work folder cannot be written to. */
    NO_WORK_FOLDER("create and validate runner's work directory"),
    /** An update was fetched; it ends with status 3. */
    UPDATING("Runner update in progress");

    private final String text;

    ListenerSaid(String text) {
        this.text = text;
    }

    /** What this line tells, if it is one of these. What a job is called must not look like another line. */
    static Optional<ListenerSaid> in(String line) {
        if (line.contains(JOB_BEGAN.text)) {
            return Optional.of(JOB_BEGAN);
        }
        if (line.contains(JOB_ENDED.text) && line.contains("Job ")) {
            return Optional.of(JOB_ENDED);
        }
        for (ListenerSaid one : values()) {
            if (line.contains(one.text)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The name of the job that this line says begins. */
    static String job(String line) {
        return line.substring(line.indexOf(JOB_BEGAN.text) + JOB_BEGAN.text.length());
    }

    /** The result of the job that this line says is over. */
    static String result(String line) {
        return line.substring(line.lastIndexOf(JOB_ENDED.text) + JOB_ENDED.text.length());
    }
}
