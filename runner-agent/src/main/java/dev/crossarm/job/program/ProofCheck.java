package dev.crossarm.job.program;

import dev.crossarm.elf.ElfMachine;
import dev.crossarm.elf.InspectReport;
import dev.crossarm.elf.StaticProof;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import dev.crossarm.text.Quantity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a built program is not and ought to be, one finding for each cause, with what mends it. */
public final class ProofCheck {
    /** Lambda takes no larger zip that is uploaded directly ("Lambda quotas": 50 MB zipped). */
    static final long LAMBDA_ZIPPED = 52_428_800;

    /** Lambda takes no more than this unpacked, layers included ("Lambda quotas": 250 MB unzipped). */
    static final long LAMBDA_UNPACKED = 262_144_000;

    private static final String NOT_MUSL = "Something made it link against the machine's own libraries. Check -C"
            + " target-feature=-crt-static, a linker or rustflags in .cargo/config.toml or RUSTFLAGS, and build"
            + " scripts that print cargo:rustc-link-lib=dylib=... (crossarm doctor names the first three)";

    private ProofCheck() {}

    /** What is wrong with a program as a static program for its target. */
    static List<CheckFinding> of(InspectReport report) {
        Map<String, StaticProof.Finding> failed = new LinkedHashMap<>();
        report.proof().findings().stream()
                .filter(finding -> !finding.passed())
                .forEach(finding -> failed.put(finding.id(), finding));
        Path file = report.file().toAbsolutePath();
        String name = String.valueOf(file.getFileName());
        List<CheckFinding> findings = new ArrayList<>();
        StaticProof.Finding machine = failed.get("machine");
        if (machine != null) {
            findings.add(new CheckFinding(
                    "wrong-architecture",
                    name + " is for another machine",
                    "It is for " + machine.evidence() + ".",
                    report.facts().machine().code() == ElfMachine.AARCH64
                            ? "It was built for the runner instead of " + report.target()
                                    + ": remove any build.target, CARGO_BUILD_TARGET or forced-target that selects"
                                    + " another target"
                            : "Build with --target " + report.target(),
                    file));
            return findings; // for the wrong machine the rest says nothing
        }
        List<String> dynamic = evidence(failed, "no-interpreter", "no-needed-library");
        if (!dynamic.isEmpty()) {
            findings.add(new CheckFinding(
                    "dynamic",
                    name + " is linked dynamically",
                    "It " + String.join(" and ", dynamic) + ", and cannot start where that is missing.",
                    NOT_MUSL,
                    file));
        } else if (failed.containsKey("static")) {
            findings.add(new CheckFinding(
                    "not-static",
                    name + " is not a static program",
                    "It is a " + evidence(failed, "static").get(0) + ".",
                    "Build a program, not a library: a [[bin]] of the package, without -C relocation-model or"
                            + " crate-type flags that change what is linked",
                    file));
        }
        if (failed.containsKey("no-glibc")) {
            findings.add(new CheckFinding(
                    "glibc",
                    name + " contains parts of glibc",
                    "Inspect " + evidence(failed, "no-glibc").get(0) + ".",
                    "C code in it was compiled with glibc's headers. Check that no CC, TARGET_CC or CFLAGS bypasses"
                            + " the provisioned compiler: crossarm doctor",
                    file));
        }
        if (failed.containsKey("no-ifunc") && !failed.containsKey("no-glibc")) {
            findings.add(new CheckFinding(
                    "indirect-functions",
                    name + " would crash when it calls an indirect function",
                    "It has " + evidence(failed, "no-ifunc").get(0) + ".",
                    "Build the library that uses them without them: an option such as --disable-ifunc, or without the"
                            + " attribute ifunc in its sources; a library compiled for glibc may have been linked by"
                            + " name",
                    file));
        }
        return findings;
    }

    /** What Lambda would not take. */
    static List<CheckFinding> lambda(Packed zip) {
        List<CheckFinding> findings = new ArrayList<>();
        if (zip.bytes() > LAMBDA_ZIPPED) {
            findings.add(new CheckFinding(
                    "lambda-zip-size",
                    zip.file().getFileName() + " is too large for Lambda",
                    "It has " + bytes(zip.bytes()) + "; 50 MB (" + bytes(LAMBDA_ZIPPED) + ") can be uploaded directly.",
                    "Strip it (--strip), set opt-level = \"z\" and lto = true in the profile, or upload it through S3 and build"
                            + " with --checks warn",
                    zip.file()));
        }
        if (zip.unpackedBytes() > LAMBDA_UNPACKED) {
            findings.add(new CheckFinding(
                    "lambda-unpacked-size",
                    zip.file().getFileName() + " is too large for Lambda when unpacked",
                    "It has " + bytes(zip.unpackedBytes()) + " unpacked; Lambda's limit is 250 MB ("
                            + bytes(LAMBDA_UNPACKED) + "), layers included.",
                    "Strip it (--strip), and include fewer files, or use a container image",
                    zip.file()));
        }
        return findings;
    }

    /** Findings as the one problem the command ends with (65). */
    public static Optional<Problem> problem(List<CheckFinding> findings) {
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        CheckFinding first = findings.get(0);
        int more = findings.size() - 1;
        List<String> detail = new ArrayList<>();
        findings.forEach(finding -> detail.add(finding.file() + ": " + finding.title() + ". " + finding.explanation()));
        return Optional.of(new Problem(
                "check-" + first.id(),
                oneLine(first.title())
                        + (more == 0 ? "" : ", and " + more + (more == 1 ? " more finding" : " more findings")),
                String.join("\n", detail),
                findings.stream().map(CheckFinding::remedy).distinct().toList(),
                ExitStatus.DATA));
    }

    private static List<String> evidence(Map<String, StaticProof.Finding> failed, String... ids) {
        List<String> texts = new ArrayList<>();
        for (String id : ids) {
            StaticProof.Finding finding = failed.get(id);
            if (finding != null) {
                texts.add(finding.evidence());
            }
        }
        return texts;
    }

    private static String bytes(long count) {
        return Quantity.bytes(count);
    }

    private static String oneLine(String text) {
        return Printable.marked(text);
    }
}
