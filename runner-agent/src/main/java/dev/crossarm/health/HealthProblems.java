package dev.crossarm.health;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;

/** What can go wrong while examining a host. */
final class HealthProblems {

    private HealthProblems() {}

    static Problem interrupted() {
        return Problem.of(ExitStatus.TRY_LATER, "doctor-interrupted", "doctor was interrupted", "crossarm doctor");
    }
}
