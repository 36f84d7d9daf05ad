package dev.crossarm.elf;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.text.Quantity;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code inspect} shows of one file.
 *
 * @param file as it was named
 * @param sha256 digest of its content, in hexadecimal
 * @param facts what was read from it
 * @param proof whether it is a static program for the target
 * @param target name of the target it was judged for
 */
public record InspectReport(Path file, String sha256, ElfFacts facts, StaticProof proof, String target) {

    /** Version of the JSON form; raised when a member changes its meaning or goes away. */
    public static final int SCHEMA_VERSION = 1;

    /** Reads and judges a file; see {@link ElfReader} for errors. */
    public static InspectReport of(Path file, int machine, String target) {
        ElfFacts facts = ElfReader.read(file);
        return new InspectReport(file, digest(file), facts, StaticProof.of(facts, machine), target);
    }

    /** Lines for people: the facts, then the proof. */
    public List<String> toText() {
        List<String> lines = new ArrayList<>();
        lines.add(file.toString());
        row(lines, "sha256", sha256);
        row(
                lines,
                "size",
                bytes(facts.size()) + (facts.loadedSize() > 0 ? ", " + bytes(facts.loadedSize()) + " loaded" : ""));
        row(lines, "kind", facts.kind().word() + ", " + facts.kind().description());
        row(
                lines,
                "machine",
                facts.machine() + ", " + facts.bits() + "-bit " + (facts.littleEndian() ? "little" : "big")
                        + "-endian");
        row(lines, "interpreter", facts.interpreter().orElse("none"));
        Linkage linkage = facts.linkage();
        row(lines, "needed", listed(linkage.needed()));
        linkage.soname().ifPresent(name -> row(lines, "soname", name));
        linkage.rpath().ifPresent(path -> row(lines, "rpath", path));
        linkage.runpath().ifPresent(path -> row(lines, "runpath", path));
        linkage.versions().forEach(need -> row(lines, "versions", need.library() + ": " + listed(need.versions())));
        row(
                lines,
                "glibc names",
                facts.symbols().stripped() && facts.symbols().glibcNames().isEmpty()
                        ? "none seen (stripped)"
                        : listed(facts.symbols().glibcNames()));
        row(lines, "cpu level", facts.notes().cpuLevel().orElse("unmarked"));
        row(lines, "abi tag", facts.notes().abiTag().orElse("none"));
        row(lines, "build id", facts.notes().buildId().orElse("none"));
        row(
                lines,
                "symbols",
                (facts.symbols().stripped() ? "stripped" : "not stripped")
                        + (facts.symbols().debugInfo() ? ", with debug information" : ", no debug information")
                        + (facts.symbols().sectioned() ? "" : ", no section headers"));
        facts.compilers().forEach(compiler -> row(lines, "made by", compiler));
        lines.add((proof.passed() ? "proven: " : "NOT proven: ") + "a static program for " + target);
        for (StaticProof.Finding finding : proof.findings()) {
            lines.add("  " + (finding.passed() ? "pass " : "FAIL ") + String.format(Locale.ROOT, "%-18s", finding.id())
                    + finding.evidence());
        }
        return lines;
    }

    /** The JSON form, in the order to be written. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("file", file.toString());
        json.put("sha256", sha256);
        json.put("target", target);
        json.put("proven", proof.passed());
        json.put("facts", ElfJson.of(facts));
        json.put("proof", ElfJson.of(proof));
        return json;
    }

    private static void row(List<String> lines, String label, String value) {
        lines.add("  " + String.format(Locale.ROOT, "%-13s", label) + value);
    }

    private static String listed(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    private static String bytes(long count) {
        return Quantity.bytes(count);
    }

    private static String digest(Path file) {
        try (InputStream in = RegularFile.stream(file)) {
            return Sha256.of(in).hex();
        } catch (IOException e) {
            throw ElfProblems.unreadable(file.toString(), String.valueOf(e.getMessage()))
                    .asException(e);
        }
    }
}
