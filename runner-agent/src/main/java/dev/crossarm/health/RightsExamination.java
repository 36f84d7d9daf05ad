package dev.crossarm.health;

import dev.crossarm.config.Scope;
import dev.crossarm.host.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether this account may do what the scope needs. */
final class RightsExamination implements Examination {
    private final DoctorSubject subject;

    RightsExamination(DoctorSubject subject) {
        this.subject = subject;
    }

    @Override
    public List<Finding> examine() {
        return subject.settings().scope() == Scope.SYSTEM ? List.of(system()) : user();
    }

    private Finding system() {
        Surroundings surroundings = subject.surroundings();
        if (surroundings.root()) {
            return Finding.ok("rights", "root, as system scope requires");
        }
        return Finding.warning(
                "rights",
                "provisioning in system scope needs root, and this is " + surroundings.user(),
                "Some of the checks below need root.",
                "sudo crossarm doctor",
                "crossarm doctor --scope user");
    }

    private List<Finding> user() {
        List<Finding> findings = new ArrayList<>();
        if (subject.surroundings().root()
                && subject.surroundings().variable("SUDO_USER").isPresent()) {
            findings.add(Finding.warning(
                    "rights",
                    "user scope under sudo creates files owned by root",
                    "home directory: " + subject.surroundings().home(),
                    "Run it without sudo"));
        }
        for (Path place : List.of(subject.layout().prefix(), subject.layout().state())) {
            Path existing = place;
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (!Files.isWritable(existing)) {
                findings.add(Finding.error(
                        "rights",
                        "no permission to write to " + existing,
                        "needed for " + place,
                        "ls -ld" + " " + existing));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("rights", subject.surroundings().user() + ", as user scope requires"))
                : findings;
    }
}
