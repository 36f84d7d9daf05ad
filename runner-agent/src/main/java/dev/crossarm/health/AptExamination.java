package dev.crossarm.health;

import dev.crossarm.provision.packages.AptState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether packages can be installed now. */
final class AptExamination implements Examination {
    private final Path root;
    private final String architecture;

    AptExamination(DoctorSubject subject) {
        this.root = subject.root();
        this.architecture = subject.facts().architecture();
    }

    @Override
    public List<Finding> examine() {
        AptState state = AptState.read(root, architecture);
        List<Finding> findings = new ArrayList<>();
        state.holder()
                .ifPresent(holder -> findings.add(Finding.warning(
                        "apt-lock",
                        "apt is locked by " + holder,
                        state.lockFile().map(file -> file + "\n").orElse("")
                                + "crossarm provision waits for it. Do not kill a running dpkg.",
                        "Wait until it ends: ps -o pid,etime,args -p "
                                + holder.replaceAll(".*\\(pid (\\d+)\\)$", "$1"))));
        if (state.interrupted()) {
            findings.add(Finding.error(
                    "dpkg-interrupted",
                    "dpkg was interrupted; nothing can be installed until it has finished",
                    state.unfinished().isEmpty() ? "" : "unfinished: " + String.join(", ", state.unfinished()),
                    "sudo dpkg --configure -a"));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("apt-lock", "apt is not locked, dpkg has nothing" + " pending"))
                : findings;
    }
}
