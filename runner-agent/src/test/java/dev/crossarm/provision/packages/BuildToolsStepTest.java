package dev.crossarm.provision.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepContract;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.target.NeededPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BuildToolsStepTest {
    private static final NeededPackages NEEDED = new NeededPackages(List.of("gcc"), List.of("cmake", "git"));
    private static final HostFacts FACTS = new HostFacts("debian", "13", "Debian 13", "aarch64", "6.12", 8L << 30, 4);

    @TempDir
    Path tools;

    @TempDir
    Path root;

    @BeforeEach
    void prepare() throws IOException {
        ScriptedApt.prepare(root, List.of("base-files"));
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) -> {
                    ScriptedApt apt = new ScriptedApt(host, tools).working();
                    return PackagesStep.buildTools(NEEDED, installer(host, apt.surroundings(true), checkpoint));
                })
                .startingFrom(host -> ScriptedApt.prepare(host, List.of("base-files", "gcc")))
                .leaving("var/lib/dpkg/status", "state", "state/receipts")
                // The receipt has a third whole state on purpose: an installation has begun.
                .passing("state/receipts/build-tools.json")
                .tests();
    }

    @Test
    void leaves_what_the_toolchain_needs_to_the_packages_step() {
        PackagesStep step = PackagesStep.buildTools(NEEDED, working());

        assertThat(drift(step).changes()).extracting(Change::summary).containsExactly("install 2 packages: cmake git");
        assertThat(step.requires()).containsExactly(PackagesStep.ID);
    }

    @Test
    void what_both_steps_added_is_named_once_and_goes_with_one_command() {
        PackageInstaller installer = working();
        PackagesStep packages = PackagesStep.toolchain(NEEDED, installer);
        PackagesStep buildTools = PackagesStep.buildTools(NEEDED, installer);

        packages.apply(drift(packages).repairs().get(0).fix(), Progress.NONE);
        buildTools.apply(drift(buildTools).repairs().get(0).fix(), Progress.NONE);

        assertThat(packages.leftByRemoval())
                .singleElement()
                .asString()
                .endsWith("apt-get purge cmake dep-of-cmake dep-of-gcc dep-of-git gcc git");
        assertThat(buildTools.leftByRemoval()).isEmpty();
    }

    @Test
    void without_root_whichever_step_is_refused_names_the_packages_of_both() {
        PackageInstaller installer =
                installer(root, new ScriptedApt(root, tools).working().surroundings(false), Checkpoint.NONE);
        PackagesStep packages = PackagesStep.toolchain(NEEDED, installer);
        PackagesStep buildTools = PackagesStep.buildTools(NEEDED, installer);

        CrossarmException first = catchThrowableOfType(
                CrossarmException.class,
                () -> packages.apply(drift(packages).repairs().get(0).fix(), Progress.NONE));
        CrossarmException second = catchThrowableOfType(
                CrossarmException.class,
                () -> buildTools.apply(drift(buildTools).repairs().get(0).fix(), Progress.NONE));

        assertThat(List.of(first, second)).allSatisfy(refused -> {
            assertThat(refused.problem().exit()).isEqualTo(ExitStatus.NO_PERMISSION);
            assertThat(refused.problem().remedies())
                    .containsExactly("sudo apt-get install --no-install-recommends cmake gcc git");
        });
    }

    @Test
    void the_package_lists_are_fetched_once_a_run() throws IOException {
        Path calls = tools.resolve("calls");
        PackageInstaller installer = counting(calls);

        installer.refresh(Progress.NONE);
        installer.install(PackagesStep.ID, List.of("cmake"), Progress.NONE);
        installer.install(PackagesStep.ID, List.of("git"), Progress.NONE);

        assertThat(Files.readAllLines(calls)).containsExactly("update", "install", "install");
    }

    /** Two lists of what was there before, taken in each other's middle, would make one step's packages nobody's. */
    @Test
    @Timeout(60)
    void steps_that_install_at_the_same_time_take_turns_and_lose_nothing() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Surroundings surroundings = new ScriptedApt(root, tools).working().surroundings(true);
        CommandRunner real = new ProcessCommandRunner(surroundings);
        PackageInstaller installer = installer(root, surroundings, (command, lines) -> {
            if (command.argv().contains("cmake")) {
                within.countDown();
                awaitQuietly(goOn);
            }
            return real.run(command, lines);
        });
        List<String> waits = new ArrayList<>();
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> installer.install(PackagesStep.ID, List.of("cmake"), Progress.NONE));
        within.await();
        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> installer.install(PackagesStep.ID, List.of("git"), new Progress() {
                    @Override
                    public void line(String text) {}

                    @Override
                    public void waiting(String reason) {
                        waits.add(reason);
                        goOn.countDown();
                    }
                }));
        CompletableFuture.allOf(first, second).get(50, TimeUnit.SECONDS);

        assertThat(waits).containsExactly("another step is installing packages");
        assertThat(installer.receipt(PackagesStep.ID))
                .isEqualTo(new PackagesReceipt(List.of(), List.of("cmake", "dep-of-cmake", "dep-of-git", "git")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private PackageInstaller counting(Path calls) {
        Surroundings surroundings = new ScriptedApt(root, tools).working().surroundings(true);
        CommandRunner real = new ProcessCommandRunner(surroundings);
        return installer(root, surroundings, (command, lines) -> {
            try {
                String what = command.argv().contains("update") ? "update" : "install";
                Files.writeString(calls, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return real.run(command, lines);
        });
    }

    private PackageInstaller working() {
        return installer(root, new ScriptedApt(root, tools).working().surroundings(true), Checkpoint.NONE);
    }

    private static PackageInstaller installer(Path host, Surroundings surroundings, Checkpoint checkpoint) {
        return installer(
                host,
                surroundings,
                new CheckpointedCommands(new ProcessCommandRunner(surroundings), checkpoint),
                checkpoint);
    }

    private static PackageInstaller installer(Path host, Surroundings surroundings, CommandRunner commands) {
        return installer(host, surroundings, commands, Checkpoint.NONE);
    }

    private static PackageInstaller installer(
            Path host, Surroundings surroundings, CommandRunner commands, Checkpoint checkpoint) {
        return PackageInstaller.of(
                host,
                FACTS,
                surroundings,
                commands,
                new ReceiptStore(new DurableFiles(checkpoint), host.resolve("state/receipts")),
                InstantSource.system(),
                pause -> {},
                Duration.ofMinutes(10));
    }

    private static Observation.Drifted drift(Step step) {
        return (Observation.Drifted) step.check();
    }
}
