package dev.crossarm.health;

import java.util.List;

/** Variables of the calling shell that would have a say in a build started from it. */
final class VariableExamination implements Examination {
    private final DoctorSubject subject;

    VariableExamination(DoctorSubject subject) {
        this.subject = subject;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ForeignVariables(subject.target(), subject.environment())
                .judge(subject.surroundings().environment(), "in this shell", "unset %s", false);
        return findings.isEmpty() ? List.of(Finding.ok("variables", "no variable here affects a build")) : findings;
    }
}
