package dev.crossarm.elf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON form of facts and proof: members in a fixed order, what is absent left out. */
public final class ElfJson {

    private ElfJson() {}

    /** The facts as maps, lists, strings, numbers and booleans. */
    public static Map<String, Object> of(ElfFacts facts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("size", facts.size());
        json.put("loadedSize", facts.loadedSize());
        json.put("bits", facts.bits());
        json.put("byteOrder", facts.littleEndian() ? "little" : "big");
        json.put("kind", facts.kind().word());
        json.put(
                "machine",
                Map.of("code", facts.machine().code(), "name", facts.machine().name()));
        put(json, "interpreter", facts.interpreter());
        json.put("needed", facts.linkage().needed());
        put(json, "soname", facts.linkage().soname());
        put(json, "rpath", facts.linkage().rpath());
        put(json, "runpath", facts.linkage().runpath());
        Map<String, Object> versions = new LinkedHashMap<>();
        facts.linkage().versions().forEach(need -> versions.put(need.library(), need.versions()));
        json.put("versions", versions);
        json.put("glibcNames", facts.symbols().glibcNames());
        json.put("indirectFunctions", facts.indirectFunctions());
        json.put("cpuLevel", facts.notes().cpuLevel().orElse("unmarked"));
        put(json, "abiTag", facts.notes().abiTag());
        put(json, "buildId", facts.notes().buildId());
        json.put("stripped", facts.symbols().stripped());
        json.put("debugInfo", facts.symbols().debugInfo());
        json.put("sectionHeaders", facts.symbols().sectioned());
        json.put("compilers", facts.compilers());
        return json;
    }

    /** The proof, one entry for each part. */
    public static List<Map<String, Object>> of(StaticProof proof) {
        return proof.findings().stream()
                .map(finding -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", finding.id());
                    json.put("passed", finding.passed());
                    json.put("evidence", finding.evidence());
                    return json;
                })
                .toList();
    }

    private static void put(Map<String, Object> json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
    }
}
