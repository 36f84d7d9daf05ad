package dev.crossarm.runner.service;

import java.time.Duration;

/**
 * How long a supervisor waits for what.
 *
 * @param quiet how long no job must be known of before an idle listener is ended
 * @param end what a listener without a job gets to end in order
 * @param cancel what one gets whose job is cancelled
 * @param hang how long a job may be neither told over nor run by a Worker: between both lie seconds, and GitHub's own retries when it
 *     is told the result
 * @param mute how long a listener may say nothing before it listens
 * @param orphan how long a Worker without a listener is waited for
 * @param look how often is looked when something is waited for
 */
public record SupervisorLimits(
        Duration quiet, Duration end, Duration cancel, Duration hang, Duration mute, Duration orphan, Duration look) {

    /** Those of the service. */
    public static final SupervisorLimits USUAL = new SupervisorLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofMinutes(15),
            Duration.ofHours(6),
            Duration.ofMillis(250));
}
