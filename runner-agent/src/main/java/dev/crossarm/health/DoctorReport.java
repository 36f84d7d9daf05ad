package dev.crossarm.health;

import dev.crossarm.problem.ExitStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What {@code doctor} found.
 *
 * @param findings in the order they were looked for
 */
public record DoctorReport(List<Finding> findings) {

    /** Version of the JSON form; raised when a member changes its meaning or goes away. */
    public static final int SCHEMA_VERSION = 1;

    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /** {@link ExitStatus#DRIFT} when there is an error, drift being one; warnings and notes change nothing. */
    public ExitStatus exit() {
        return count(Severity.ERROR) == 0 ? ExitStatus.DONE : ExitStatus.DRIFT;
    }

    public long count(Severity severity) {
        return findings.stream().filter(one -> one.severity() == severity).count();
    }

    /** The same with other words for what is found and what helps, where commands are written as they have to be pasted. */
    public DoctorReport with(UnaryOperator<String> commands) {
        return new DoctorReport(findings.stream()
                .map(one -> new Finding(
                        one.id(),
                        one.severity(),
                        one.summary(),
                        commands.apply(one.detail()),
                        one.remedies().stream().map(commands).toList()))
                .toList());
    }

    /** Lines for people: one for each finding, what belongs to it indented, and a summary. */
    public List<String> toText() {
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.addAll(lines(finding)));
        lines.add(counted(count(Severity.ERROR), "error") + ", " + counted(count(Severity.WARNING), "warning") + ", "
                + counted(count(Severity.NOTE), "note") + ", " + count(Severity.OK) + " ok");
        return lines;
    }

    /** The same of the errors alone, without a summary: nothing where there is none. */
    public List<String> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .flatMap(finding -> lines(finding).stream())
                .toList();
    }

    private static List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(Locale.ROOT, "%-8s%-25s%s", finding.severity().word(), finding.id(), finding.summary()));
        finding.detail().lines().forEach(line -> lines.add("        " + line));
        finding.remedies().forEach(remedy -> lines.add("        -> " + remedy));
        return lines;
    }

    /** The JSON form, in the order to be written. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("healthy", exit() == ExitStatus.DONE);
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), count(severity));
        }
        json.put("counts", counts);
        json.put("findings", findings.stream().map(DoctorReport::json).toList());
        return json;
    }

    static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", finding.id());
        json.put("severity", finding.severity().word());
        json.put("summary", finding.summary());
        json.put("detail", finding.detail());
        json.put("remedies", finding.remedies());
        return json;
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
