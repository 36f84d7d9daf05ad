package dev.crossarm.job.report;

import dev.crossarm.job.program.CheckFinding;
import dev.crossarm.job.program.Packed;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A build as the page GitHub shows for a job. Its length is bounded far below what GitHub takes. */
public final class JobSummary {
    private static final int MOST_PROGRAMS = 100;
    private static final int MOST_LINES = 50;
    private static final int DETAIL_LINES = 10;
    private static final int SHORT_DIGEST = 12;

    private final BuildSummary build;
    private final StringBuilder out = new StringBuilder();

    private JobSummary(BuildSummary build) {
        this.build = build;
    }

    /** GitHub's Markdown, with a line feed at the end. */
    public static String of(BuildSummary build) {
        JobSummary summary = new JobSummary(build);
        summary.head();
        summary.programs();
        summary.findings();
        summary.runs();
        summary.times();
        summary.list("Warnings", build.warnings());
        summary.list("Notes", build.notes());
        return summary.out.toString();
    }

    private void head() {
        String what = Markdown.code(build.target()) + ", profile " + Markdown.code(build.profile());
        line("### " + (build.good() ? "Built for " : "Failed for ") + what);
        line("");
        build.failure().ifPresent(this::failure);
    }

    private void failure(Problem problem) {
        line("> [!CAUTION]");
        line("> **" + Markdown.text(problem.summary()) + "**");
        problem.detail()
                .lines()
                .filter(text -> !text.isBlank())
                .limit(MOST_LINES)
                .forEach(text -> {
                    line(">");
                    line("> " + Markdown.text(text.strip()));
                });
        problem.remedies().stream().limit(MOST_LINES).forEach(remedy -> {
            line(">");
            line("> " + Markdown.text(remedy));
        });
        line("");
    }

    private void programs() {
        if (build.programs().isEmpty()) {
            return;
        }
        boolean zips = build.programs().stream().anyMatch(one -> one.zip().isPresent());
        boolean archives =
                build.programs().stream().anyMatch(one -> one.archive().isPresent());
        line("| program | size | change | static | SHA-256 |" + (zips ? " zip |" : "")
                + (archives ? " archive |" : ""));
        line("|---|--:|--:|---|---|" + (zips ? "--:|" : "") + (archives ? "--:|" : ""));
        build.programs().stream()
                .limit(MOST_PROGRAMS)
                .forEach(one -> line("| " + Markdown.code(one.program().name()) + " | " + size(one.bytes()) + " | "
                        + change(one) + " | " + (one.isStatic() ? "yes, " + Markdown.text(one.kind()) : "**no**")
                        + " | "
                        + Markdown.code(shortened(one.sha256())) + " |" + (zips ? packed(one, ProgramResult::zip) : "")
                        + (archives ? packed(one, ProgramResult::archive) : "")));
        more(build.programs().size(), MOST_PROGRAMS, "programs");
        line("");
    }

    private static String packed(ProgramResult program, Function<ProgramResult, java.util.Optional<Packed>> part) {
        return " " + part.apply(program).map(one -> size(one.bytes())).orElse("") + " |";
    }

    private void findings() {
        List<CheckFinding> all = build.programs().stream()
                .flatMap(one -> one.findings().stream())
                .toList();
        all.stream().limit(MOST_LINES).forEach(finding -> {
            line("- **" + Markdown.text(finding.title()) + "**: " + Markdown.text(finding.explanation()));
            line("  " + Markdown.text(finding.remedy()));
        });
        more(all.size(), MOST_LINES, "findings");
        if (!all.isEmpty()) {
            line("");
        }
    }

    private void runs() {
        build.tests().ifPresent(tests -> {
            line("**Tests**: " + tests.passed() + " passed, " + tests.failed() + " failed, " + tests.ignored()
                    + " ignored (" + Quantity.time(tests.elapsed()) + ")" + (tests.good() ? "" : " ❌"));
            line("");
        });
        List<ProgramResult> run = build.programs().stream()
                .filter(one -> one.smokeRun().isPresent())
                .toList();
        run.stream()
                .limit(MOST_LINES)
                .forEach(one -> one.smokeRun()
                        .ifPresent(smoke ->
                                line("- **Run**: " + Markdown.code(one.program().name()) + " "
                                        + Markdown.text(smoke.ending())
                                        + smoke.cpu()
                                                .map(cpu -> " on " + Markdown.code(cpu))
                                                .orElse("")
                                        + " (" + Quantity.time(smoke.elapsed()) + ")" + (smoke.passed() ? "" : " ❌"))));
        if (!run.isEmpty()) {
            line("");
        }
    }

    private void times() {
        line("| "
                + String.join(
                        " | ",
                        build.phases().stream()
                                .map(phase -> Markdown.text(phase.name()))
                                .toList()) + (build.phases().isEmpty() ? "" : " | ") + "total |");
        line("|" + "--:|".repeat(build.phases().size() + 1));
        line("| "
                + String.join(
                        " | ",
                        build.phases().stream()
                                .map(phase -> Quantity.time(phase.elapsed()))
                                .toList()) + (build.phases().isEmpty() ? "" : " | ") + Quantity.time(build.total())
                + " |");
        line("");
        if (!build.slowestCrates().isEmpty()) {
            line("**Slowest crates**: "
                    + String.join(
                            ", ",
                            build.slowestCrates().stream()
                                    .limit(10)
                                    .map(crate -> Markdown.code(crate.name() + " " + crate.version()) + " "
                                            + Quantity.time(crate.elapsed()))
                                    .toList()));
            line("");
        }
        String detail = build.cache().detail();
        line("**Cache**: " + build.cache().kind().word() + (detail.isEmpty() ? "" : ", " + Markdown.text(detail))
                + (build.toolchain().isEmpty() ? "" : " · **Toolchain**: " + Markdown.code(build.toolchain())));
        line("");
    }

    private void list(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        line("**" + title + "**");
        line("");
        lines.stream().limit(DETAIL_LINES).forEach(text -> line("- " + Markdown.text(text)));
        more(lines.size(), MOST_LINES, "lines");
        line("");
    }

    private void more(int all, int shown, String what) {
        if (all > shown) {
            line("");
            line("… and " + (all - shown) + " more " + what);
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String change(ProgramResult program) {
        if (program.previousBytes().isEmpty()) {
            return "first here";
        }
        long before = program.previousBytes().getAsLong();
        long by = program.bytes() - before;
        if (by == 0) {
            return "none";
        }
        String percent = before == 0 ? "" : String.format(Locale.ROOT, " (%+.1f %%)", 100.0 * by / before);
        return String.format(Locale.ROOT, "%+,d", by) + percent;
    }

    /** For example {@code 4.2 MiB (4,404,019 bytes)}. */
    public static String size(long bytes) {
        String exact = Quantity.bytes(bytes);
        String size = Quantity.size(bytes);
        return size.equals(exact) ? exact : size + " (" + exact + ")";
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
    }
}
