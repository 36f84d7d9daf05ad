package dev.crossarm.plan;

import dev.crossarm.host.files.Checkpoint;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every step must stand. A step's test says how to make the step over a directory that stands for a fresh host and
 * gets the proofs as tests:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keeps_the_contract() {
 *     return StepContract.of((host, checkpoint) -> new MyStep(host, new DurableFiles(checkpoint)))
 *             .startingFrom(host -> Files.createDirectories(host.resolve("opt")))
 *             .tests();
 * }
 * }</pre>
 *
 * The checkpoint given must reach everything the step changes the host with: {@code DurableFiles}, and
 * {@link CheckpointedCommands} around the command runner. All paths of the step must lie below {@code host}, which is
 * the same path in every case.
 */
public final class StepContract {

    /** Makes a new instance of the step, which must share nothing with those made before it. */
    @FunctionalInterface
    public interface StepFactory {
        Step create(Path host, Checkpoint checkpoint);
    }

    /** Puts into an empty directory what a fresh host has, with all that the step requires. */
    @FunctionalInterface
    public interface HostMaker {
        void prepare(Path host) throws IOException;
    }

    final StepFactory factory;
    final HostMaker maker;
    final List<String> shared;
    final Set<String> secrets;
    final Set<String> leftOvers;
    final Set<String> varying;
    final Set<String> passing;
    final Set<String> kernel;

    private StepContract(
            StepFactory factory,
            HostMaker maker,
            List<String> shared,
            Set<String> secrets,
            Set<String> leftOvers,
            Set<String> varying,
            Set<String> passing,
            Set<String> kernel) {
        this.factory = factory;
        this.maker = maker;
        this.shared = List.copyOf(shared);
        this.secrets = Set.copyOf(secrets);
        this.leftOvers = Set.copyOf(leftOvers);
        this.varying = Set.copyOf(varying);
        this.passing = Set.copyOf(passing);
        this.kernel = Set.copyOf(kernel);
    }

    /** A contract on an empty host, with nothing shared, secret, or left over. */
    public static StepContract of(StepFactory factory) {
        return new StepContract(factory, host -> {}, List.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** What a fresh host holds. */
    public StepContract startingFrom(HostMaker newMaker) {
        return new StepContract(factory, newMaker, shared, secrets, leftOvers, varying, passing, kernel);
    }

    /** Files of the fresh host (relative to it) whose every line must outlive whatever the step does to them. */
    public StepContract sharing(String... files) {
        return new StepContract(factory, maker, List.of(files), secrets, leftOvers, varying, passing, kernel);
    }

    /** Values that must not appear in anything a run shows. */
    public StepContract withSecrets(String... values) {
        return new StepContract(factory, maker, shared, Set.of(values), leftOvers, varying, passing, kernel);
    }

    /** Globs (relative to the host) of what may be there after removal although it was not before, or be different. */
    public StepContract leaving(String... globs) {
        return new StepContract(factory, maker, shared, secrets, Set.of(globs), varying, passing, kernel);
    }

    /** Globs of files whose content is not the same in every run, such as receipts that hold a time. */
    public StepContract varying(String... globs) {
        return new StepContract(factory, maker, shared, secrets, leftOvers, Set.of(globs), passing, kernel);
    }

    /** Globs of files that may be half-written after a fault because nothing reads them, such as partial downloads. */
    public StepContract passing(String... globs) {
        return new StepContract(factory, maker, shared, secrets, leftOvers, varying, Set.of(globs), kernel);
    }

    /** Globs of what the kernel writes: nobody can change what it tells of a process that runs. */
    public StepContract writtenByTheKernel(String... globs) {
        return new StepContract(factory, maker, shared, secrets, leftOvers, varying, passing, Set.of(globs));
    }

    /** The proofs, each as a test of its own. */
    public Stream<DynamicTest> tests() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test("check and plan write nothing", ContractProofs::checkWritesNothing));
        tests.add(test("whatever changes the check's answer shows in its inputs", ContractProofs::inputsAreAll));
        tests.add(test("a fresh host gives a plan", ContractProofs::freshHostGivesPlan));
        tests.add(test("after apply check is satisfied and the second plan is empty", ContractProofs::applies));
        tests.add(test("killed at any checkpoint the next run converges", ContractProofs::convergesAfterKillInside));
        tests.add(test(
                "killed between any two events the next run converges", ContractProofs::convergesAfterKillBetween));
        tests.add(test(
                "a full disk at any write is reported and the next run converges",
                ContractProofs::convergesAfterFullDisk));
        tests.add(test("removal leaves what was there before, twice", ContractProofs::removes));
        tests.add(test("removal killed at any checkpoint is completed by the next", ContractProofs::removesAfterKill));
        return tests.stream();
    }

    private interface Proof {
        void prove(ContractProofs proofs) throws Exception;
    }

    private DynamicTest test(String name, Proof proof) {
        return DynamicTest.dynamicTest(name, () -> {
            try (ContractHost host = new ContractHost(maker, shared)) {
                proof.prove(new ContractProofs(this, host));
            }
        });
    }

    static Predicate<String> anyOf(Set<String> globs) {
        Set<java.nio.file.PathMatcher> matchers = new LinkedHashSet<>();
        globs.forEach(glob -> matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob)));
        return name -> matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(name)));
    }
}
