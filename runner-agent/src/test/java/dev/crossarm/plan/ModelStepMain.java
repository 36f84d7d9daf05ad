package dev.crossarm.plan;

import dev.crossarm.host.files.Checkpoint;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a model step in a process of its own: {@code <file|child> <host> <n>}. Comes to rest at the n-th checkpoint, to
 * be killed there; with 0 it runs to its end, prints its report as JSON and exits with the report's status.
 */
final class ModelStepMain {
    private ModelStepMain() {}

    public static void main(String[] arguments) {
        Path host = Path.of(arguments[1]);
        int stopAt = Integer.parseInt(arguments[2]);
        AtomicInteger reached = new AtomicInteger();
        Checkpoint checkpoint = place -> {
            if (reached.incrementAndGet() == stopAt) {
                System.out.println("reached " + place);
                System.out.flush();
                restForEver();
            }
        };
        RunReport report = new ContractRun(
                        (root, unused) -> ModelSteps.valueOf(arguments[0]).create(root, checkpoint),
                        host,
                        java.util.Set.of())
                .carryOut(Plan.Action.PROVISION, FaultAt.never(), FaultAt.never())
                .orElseThrow();
        System.out.println(RunJson.of(report));
        System.exit(report.exit().code());
    }

    private static void restForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }
}
