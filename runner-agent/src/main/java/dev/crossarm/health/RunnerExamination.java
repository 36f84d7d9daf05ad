package dev.crossarm.health;

import dev.crossarm.config.Scope;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.runner.env.FoundRunners;
import java.util.ArrayList;
import java.util.List;

/** The runners of the host, and what there is to say of each. */
final class RunnerExamination implements Examination {
    private final DoctorSubject subject;

    RunnerExamination(DoctorSubject subject) {
        this.subject = subject;
    }

    @Override
    public List<Finding> examine() {
        FoundRunners found = subject.runners().get();
        List<Finding> findings = new ArrayList<>();
        found.notes().forEach(note -> findings.add(Finding.note("runners", note, "")));
        found.gone()
                .forEach(directory -> findings.add(
                        Finding.note("runners", "the runner in " + directory + " is gone", "provision forgets it")));
        if (found.runners().isEmpty()) {
            findings.add(Finding.note(
                    "runners", "no runner found on this machine", "to name one: crossarm provision --runner DIR"));
        }
        String account = subject.layout().owner().orElse(subject.surroundings().user());
        boolean undecided = false;
        try {
            if (subject.settings().scope() == Scope.SYSTEM
                    && subject.settings().jobUser().isEmpty()) {
                account = found.jobUser().orElse(account);
            }
        } catch (CrossarmException severalAccounts) {
            undecided = true;
            findings.add(Finding.of("runners", Severity.ERROR, severalAccounts.problem()));
        }
        for (RunnerReadiness runner : RunnerReadiness.of(found, subject.target(), subject.environment(), account)) {
            for (Finding finding : runner.findings()) {
                if (!undecided || !finding.id().equals(RunnerReadiness.ACCOUNT)) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }
}
