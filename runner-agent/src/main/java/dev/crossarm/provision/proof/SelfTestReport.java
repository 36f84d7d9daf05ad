package dev.crossarm.provision.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The evidence of a self-test that passed. Made of plain values only, because it is also what is kept of it.
 *
 * @param target target triple that was built for
 * @param provenAt when, as ISO 8601 in UTC
 * @param fingerprint of everything the result depends on
 * @param program the probe
 * @param builder the machine it was built on
 * @param tools versions by tool, in the order to be shown
 * @param ranOn where the probe ran, a phrase that follows "ran"
 * @param answer what it printed
 * @param checks what was done, in order
 * @param seconds all of it together
 */
public record SelfTestReport(
        String target,
        String provenAt,
        String fingerprint,
        Program program,
        Builder builder,
        Map<String, String> tools,
        String ranOn,
        String answer,
        List<Check> checks,
        double seconds) {

    /** Version of the JSON form; raised when a member changes its meaning or goes away. */
    public static final int SCHEMA_VERSION = 1;

    public SelfTestReport {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
        checks = List.copyOf(checks);
    }

    /**
     * The probe.
     *
     * @param sha256 in hexadecimal
     * @param size bytes
     * @param facts what was read from it, in the JSON form of {@code inspect}
     */
    public record Program(String sha256, long size, Map<String, Object> facts) {
        public Program {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /** The machine the probe was built on, as {@code uname} and os-release tell it. */
    public record Builder(String architecture, String kernel, String system) {}

    /** One thing that was done and found good. */
    public record Check(String id, String evidence, double seconds) {}

    /** Lines for people; the first one says it all. */
    public List<String> toText(boolean unchanged) {
        List<String> lines = new ArrayList<>();
        lines.add(
                unchanged
                        ? "self-test passed: unchanged since " + provenAt + ", " + fingerprint
                        : String.format(Locale.ROOT, "self-test passed in %.1f s: %s", seconds, target));
        lines.add("  probe    sha256 " + program.sha256() + ", " + program.size() + " bytes");
        lines.add("  built    on " + builder.architecture() + ", kernel " + builder.kernel() + ", " + builder.system());
        lines.add("  ran      " + ranOn + ": " + answer);
        for (Check check : checks) {
            lines.add(String.format(Locale.ROOT, "  pass     %-18s%s", check.id(), check.evidence())
                    + (check.seconds() > 0 ? String.format(Locale.ROOT, " (%.1f s)", check.seconds()) : ""));
        }
        tools.forEach((tool, version) -> lines.add(String.format(Locale.ROOT, "  %-9s%s", tool, version)));
        return lines;
    }

    /** The JSON form, in the order to be written. */
    public Map<String, Object> toJson(boolean unchanged) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("passed", true);
        json.put("unchanged", unchanged);
        json.put("target", target);
        json.put("provenAt", provenAt);
        json.put("fingerprint", fingerprint);
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("sha256", program.sha256());
        probe.put("size", program.size());
        probe.put("facts", program.facts());
        json.put("program", probe);
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("architecture", builder.architecture());
        machine.put("kernel", builder.kernel());
        machine.put("system", builder.system());
        json.put("builder", machine);
        json.put("tools", tools);
        json.put("ranOn", ranOn);
        json.put("answer", answer);
        json.put(
                "checks",
                checks.stream()
                        .map(check -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("id", check.id());
                            one.put("evidence", check.evidence());
                            one.put("seconds", check.seconds());
                            return one;
                        })
                        .toList());
        json.put("seconds", seconds);
        return json;
    }
}
