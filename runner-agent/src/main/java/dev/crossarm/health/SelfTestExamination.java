package dev.crossarm.health;

import dev.crossarm.provision.proof.SelfTest;
import java.util.List;

/** Whether the toolchain as it is now has been proven. */
final class SelfTestExamination implements Examination {
    private final SelfTest selfTest;
    private final String remedy;

    SelfTestExamination(SelfTest selfTest, String remedy) {
        this.selfTest = selfTest;
        this.remedy = remedy;
    }

    @Override
    public List<Finding> examine() {
        return List.of(selfTest.standing()
                .map(report -> Finding.ok("self-test", "passed, unchanged since " + report.provenAt()))
                .orElseGet(() -> Finding.warning(
                        "self-test",
                        "not proven: the toolchain has not passed a self-test in its current" + " state",
                        "",
                        remedy)));
    }
}
