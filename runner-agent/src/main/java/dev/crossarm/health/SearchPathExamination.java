package dev.crossarm.health;

import dev.crossarm.host.process.ProgramFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Foreign programs of our names on PATH, and toolchain files above the working directory. */
final class SearchPathExamination implements Examination {
    private final DoctorSubject subject;

    SearchPathExamination(DoctorSubject subject) {
        this.subject = subject;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        String compiler = subject.target().architecture() + "-linux-musl-gcc";
        foreign(compiler, subject.layout().bin())
                .ifPresent(file -> findings.add(Finding.note(
                        "foreign-compiler",
                        "another " + compiler + " is on PATH: Crossarm's wins in jobs",
                        file + "\nJobs have " + subject.layout().bin() + " first, and CC_"
                                + subject.target().underscored() + " set. A shell without both would use it.")));
        foreign("musl-gcc", subject.layout().bin())
                .ifPresent(file -> findings.add(Finding.note(
                        "foreign-compiler",
                        "musl-gcc is on PATH: it compiles for this machine, and must not link Rust programs",
                        file + "\nOld versions of the cc crate use it if CC_"
                                + subject.target().underscored() + " is not set.")));
        foreign("zig", subject.layout().bin())
                .ifPresent(file -> findings.add(Finding.note(
                        "foreign-compiler",
                        "zig is on PATH: jobs do not use it",
                        file
                                + "\nC is compiled by the distribution's gcc, C++ (with provision --cpp) by Crossarm's"
                                + " own zig, by absolute path. cargo-zigbuild sets its own variables and would use"
                                + " this one.")));
        for (String program : List.of("rustup", "cargo")) {
            foreign(program, subject.layout().cargoBin())
                    .ifPresent(file -> findings.add(Finding.note(
                            "foreign-rust",
                            "another " + program + " is first on PATH here: jobs use Crossarm's",
                            file + "\nCrossarm's: "
                                    + subject.layout().cargoBin().resolve(program))));
        }
        toolchainFile()
                .ifPresent(file -> findings.add(Finding.note(
                        "toolchain-file",
                        "a file here selects the toolchain and overrides the default",
                        file + "\nThat toolchain needs the target too: targets = [\""
                                + subject.target().triple() + "\"] in it, or rustup target add.")));
        return findings.isEmpty()
                ? List.of(Finding.ok("search-path", "no other compiler or Rust comes first"))
                : findings;
    }

    /** The first program of this name on PATH, unless that one is ours. */
    private Optional<Path> foreign(String name, Path ours) {
        String path = subject.surroundings().variable("PATH").orElse("");
        return ProgramFolders.find(name, path).filter(file -> !same(file, ours.resolve(name)));
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (java.io.IOException vanished) {
            return false;
        }
    }

    private Optional<Path> toolchainFile() {
        for (Path at = subject.surroundings().directory(); at != null; at = at.getParent()) {
            for (String name : List.of("rust-toolchain", "rust-toolchain.toml")) {
                if (Files.isRegularFile(at.resolve(name))) {
                    return Optional.of(at.resolve(name));
                }
            }
        }
        return Optional.empty();
    }
}
