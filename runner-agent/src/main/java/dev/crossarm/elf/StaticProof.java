package dev.crossarm.elf;

import java.util.ArrayList;
import java.util.List;

/**
 * The proof that a file is a program which runs on any Linux of its processor without anything installed there.
 *
 * @param findings each part of the proof, in the order to be shown
 */
public record StaticProof(List<Finding> findings) {
    /** So many traces of glibc are named; one would be enough. */
    private static final int SHOWN = 6;

    public StaticProof {
        findings = List.copyOf(findings);
    }

    /**
     * One part of the proof.
     *
     * @param id kebab-case, stable
     * @param passed whether it holds
     * @param evidence what was seen
     */
    public record Finding(String id, boolean passed, String evidence) {}

    /** Judges a file as a program for a processor ({@code e_machine}). */
    public static StaticProof of(ElfFacts facts, int machine) {
        return new StaticProof(List.of(
                machine(facts, machine),
                kind(facts),
                interpreter(facts),
                needed(facts),
                glibc(facts),
                indirect(facts)));
    }

    public boolean passed() {
        return findings.stream().allMatch(Finding::passed);
    }

    /** What does not hold, one phrase each. */
    public List<String> failures() {
        return findings.stream()
                .filter(finding -> !finding.passed)
                .map(finding -> finding.id + ": " + finding.evidence)
                .toList();
    }

    private static Finding machine(ElfFacts facts, int wanted) {
        boolean wide = wanted == ElfMachine.X86_64 || wanted == ElfMachine.AARCH64;
        boolean system = facts.osAbi() == 0 || facts.osAbi() == 3;
        boolean passed =
                facts.machine().code() == wanted && system && (!wide || (facts.bits() == 64 && facts.littleEndian()));
        String seen = facts.machine() + ", " + facts.bits() + "-bit, "
                + (facts.littleEndian() ? "little-endian" : "big-endian")
                + (system ? "" : ", for another operating system (ABI " + facts.osAbi() + ")");
        return new Finding("machine", passed, passed ? seen : seen + "; wanted " + ElfMachine.of(wanted));
    }

    private static Finding kind(ElfFacts facts) {
        boolean passed = facts.kind() == ElfKind.STATIC || facts.kind() == ElfKind.STATIC_PIE;
        return new Finding(
                "static",
                passed,
                facts.kind().description() + " (" + facts.kind().word() + ")");
    }

    private static Finding interpreter(ElfFacts facts) {
        return new Finding(
                "no-interpreter",
                facts.interpreter().isEmpty(),
                facts.interpreter().map(path -> "asks for " + path).orElse("no INTERP segment"));
    }

    private static Finding needed(ElfFacts facts) {
        List<String> needed = facts.linkage().needed();
        return new Finding(
                "no-needed-library",
                needed.isEmpty(),
                needed.isEmpty() ? "no NEEDED entry" : "needs " + String.join(", ", needed));
    }

    private static Finding glibc(ElfFacts facts) {
        List<String> traces = new ArrayList<>();
        facts.linkage()
                .versions()
                .forEach(need -> need.versions().stream()
                        .filter(version -> version.startsWith("GLIBC_"))
                        .forEach(version -> traces.add(version + " of " + need.library())));
        traces.addAll(facts.symbols().glibcNames());
        facts.notes().abiTag().ifPresent(tag -> traces.add("the ABI tag of glibc's start files (" + tag + ")"));
        if (!traces.isEmpty()) {
            int more = traces.size() - SHOWN;
            String shown = String.join(", ", traces.subList(0, Math.min(SHOWN, traces.size())));
            return new Finding("no-glibc", false, "found " + shown + (more > 0 ? " and " + more + " more" : ""));
        }
        String seen = "no version need, no ABI tag, no glibc name in its symbols";
        if (facts.symbols().stripped()) {
            seen = "no version need, no ABI tag; stripped, so no symbols to look at";
        } else if (!facts.symbols().complete()) {
            seen += " (too many symbols to look at all of them)";
        }
        return new Finding("no-glibc", true, seen);
    }

    /** glibc's own code at the start of a program makes them usable, which a program without glibc has not got. */
    private static Finding indirect(ElfFacts facts) {
        int count = facts.indirectFunctions();
        return new Finding(
                "no-ifunc",
                count == 0,
                count == 0
                        ? "no IRELATIVE relocation"
                        : count + " IRELATIVE relocation" + (count == 1 ? "" : "s")
                                + ": indirect functions, which only glibc's start-up code resolves");
    }
}
