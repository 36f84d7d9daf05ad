package dev.crossarm.diagnose;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every known way to fail, in the order in which they explain a log that shows several: what stops any build (no room, no
 * memory, no network) before what is wrong with the machine, that before what a crate wants, and what is a mere
 * consequence of others last. Each has a log in the tests that was provoked for real.
 */
public final class FailureClasses {

    /** All, in that order. */
    public static final List<FailureClass> ALL = Stream.of(
                    MachineFailures.ALL, CargoFailures.ALL, ToolchainFailures.ALL, CrateFailures.ALL)
            .flatMap(List::stream)
            .toList();

    private FailureClasses() {}
}
