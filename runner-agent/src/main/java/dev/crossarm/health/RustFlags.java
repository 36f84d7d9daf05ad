package dev.crossarm.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags for rustc that undo what makes a program of the target static. */
final class RustFlags {

    private RustFlags() {}

    /** What such flags do. */
    record Harm(Severity severity, String effect) {}

    /** The worst of these flags; empty when none does harm. */
    static Optional<Harm> judge(String... flags) {
        List<Harm> harms = new ArrayList<>();
        String previous = "";
        for (String flag : flags) {
            String option = previous.equals("-C") || previous.equals("--codegen") ? flag : "";
            if (flag.startsWith("-C") && flag.length() > 2) {
                option = flag.substring(2);
            } else if (flag.startsWith("--codegen=")) {
                option = flag.substring("--codegen=".length());
            }
            one(option).ifPresent(harms::add);
            previous = flag;
        }
        return harms.stream()
                .filter(harm -> harm.severity() == Severity.ERROR)
                .findFirst()
                .or(() -> harms.stream().findFirst());
    }

    private static Optional<Harm> one(String option) {
        if (option.startsWith("target-feature=") && option.contains("-crt-static")) {
            return Optional.of(
                    new Harm(Severity.ERROR, "-crt-static wins, and programs for the target become" + " dynamic"));
        } else if (option.startsWith("linker=")) {
            return Optional.of(new Harm(
                    Severity.WARNING,
                    "it overrides Crossarm's linker: rustc uses the last -C linker, and flags come after cargo's"));
        } else if (option.startsWith("link-self-contained=no") || option.startsWith("link-self-contained=n")) {
            return Optional.of(
                    new Harm(Severity.ERROR, "it wins, and glibc's start files are linked instead of Rust's own"));
        }
        return Optional.empty();
    }
}
