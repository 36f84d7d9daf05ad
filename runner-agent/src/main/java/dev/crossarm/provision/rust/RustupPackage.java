package dev.crossarm.provision.rust;

import dev.crossarm.plan.Progress;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The distribution's own rustup. */
interface RustupPackage {

    /** Why it cannot be had here without root or without removing something; empty when it can. Changes nothing. */
    Optional<Problem> refusal();

    /**
     * Fetches the package lists, where that is allowed: a fresh machine may have none yet, and so know no such package.
     *
     * @throws dev.crossarm.problem.CrossarmException when they cannot be fetched
     */
    void refresh(Progress progress);

    /** Installs it. */
    void install(Progress progress);

    /** Its programs, rustup and what it stands in for; none when it is not installed. */
    List<Path> programs();
}
