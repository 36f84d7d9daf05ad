package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.job.cargo.Project;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be known before anything is compiled: what its crates need that this machine lacks, and what can only fail.
 * Only what is sure to be built and sure to fail is a blocker; the rest is told.
 */
final class Preflight {

    /**
     * What was found.
     *
     * @param warnings what may fail
     * @param blockers what will fail
     */
    record Result(List<Caution> warnings, List<Problem> blockers) {
        Result {
            warnings = List.copyOf(warnings);
            blockers = List.copyOf(blockers);
        }
    }

    /** A package and what is known about it. */
    private record Match(CargoLock.Locked locked, CrateFact fact) {}

    private final CrateFacts facts;
    private final HostTools tools;
    private final String triple;

    Preflight(CrateFacts facts, HostTools tools, String triple) {
        this.facts = facts;
        this.tools = tools;
        this.triple = triple;
    }

    /** @param built asked only when something in the lock may fail; may have no answer */
    Result examine(List<CargoLock.Locked> locked, java.util.function.Supplier<Optional<BuiltCrates>> built) {
        List<Match> matches = locked.stream()
                .flatMap(one -> facts.of(one).stream().map(fact -> new Match(one, fact)))
                .toList();
        List<Match> lacking =
                matches.stream().filter(match -> !tools.has(match.fact())).toList();
        List<Caution> warnings = new ArrayList<>();
        List<Problem> blockers = new ArrayList<>();
        if (!lacking.isEmpty()) {
            Optional<BuiltCrates> known = built.get();
            for (Match match : lacking) {
                boolean concerned = known.map(crates -> crates.concerns(match.locked(), match.fact()))
                        .orElse(true);
                if (concerned) {
                    judge(match, known.isPresent(), warnings, blockers);
                }
            }
        }
        return new Result(warnings, blockers);
    }

    private void judge(Match match, boolean sure, List<Caution> warnings, List<Problem> blockers) {
        CrateFact fact = match.fact();
        boolean blocks = sure && fact.certain() && fact.kind() != CrateFact.Kind.KNOWN_BAD;
        if (blocks) {
            blockers.add(problem(match));
        } else {
            String where = sure ? "" : " (in Cargo.lock; cargo could not say whether it is built here)";
            warnings.add(new Caution(
                    Optional.of(match.locked().name()),
                    new Remark(true, match.locked() + where + ": " + fact.says(), tools.remedies(fact.kind()))));
        }
    }

    private Problem problem(Match match) {
        CrateFact fact = match.fact();
        if (fact.kind() == CrateFact.Kind.NO_MUSL) {
            return new Problem(
                    "no-musl-build",
                    match.locked() + " has no build for " + triple,
                    fact.says() + "\n" + fact.source(),
                    List.of(
                            "See what depends on it: cargo tree --target " + triple + " --invert "
                                    + match.locked().name(),
                            "Continue anyway: --checks warn"),
                    ExitStatus.DATA);
        }
        return new Problem(
                "needs-" + fact.kind().name().toLowerCase(java.util.Locale.ROOT),
                match.locked() + " needs " + fact.kind().words() + ", which is not installed on this machine",
                fact.says(),
                Stream.concat(tools.remedies(fact.kind()).stream(), Stream.of("Continue anyway: --checks warn"))
                        .toList(),
                ExitStatus.CONFIGURATION);
    }

    /** A package that only makes a shared library makes nothing at all for a static target. */
    static List<Problem> sharedLibraries(List<Project.Member> selected, CargoChoice choice, String triple) {
        if (!choice.bins().isEmpty()) {
            return List.of();
        }
        return selected.stream()
                .filter(member -> !member.crateTypes().isEmpty()
                        && member.crateTypes().stream().allMatch(type -> type.equals("cdylib") || type.equals("dylib")))
                .map(member -> new Problem(
                        "only-cdylib",
                        member.name() + " builds only a shared library, and " + triple + " has none",
                        "crate-type = [" + quoted(member.crateTypes()) + "] in " + member.manifest()
                                + "; for a static target rustc drops it with only a warning",
                        List.of(
                                "Make it a program or a static library: crate-type = [\"staticlib\"]",
                                "Leave it out: --package NAME selects another package"),
                        ExitStatus.DATA))
                .toList();
    }

    private static String quoted(List<String> types) {
        return types.stream().map(type -> "\"" + type + "\"").collect(Collectors.joining(", "));
    }
}
