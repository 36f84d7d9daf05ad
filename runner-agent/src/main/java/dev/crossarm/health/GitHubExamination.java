package dev.crossarm.health;

import dev.crossarm.github.Answer;
import dev.crossarm.github.CredentialReport;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.github.RunnerGroup;
import dev.crossarm.github.RunnerScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether the credential for GitHub, where one is set, can do what runners need, found out by reads; and whether public repositories
 * may use them.
 */
final class GitHubExamination implements Examination {
    private static final String ID = "github";
    private static final String PUBLIC = "github-public";

    private final Supplier<GitHubSettings> settings;
    private final Function<GitHubSettings, GitHubAccess> access;

    /** @param access to the place and with the credential of these settings, which have both */
    GitHubExamination(Supplier<GitHubSettings> settings, Function<GitHubSettings, GitHubAccess> access) {
        this.settings = settings;
        this.access = access;
    }

    /** Without the network: whether the settings contradict each other, and that nothing was tried. */
    static Examination offline(Supplier<GitHubSettings> settings) {
        return () -> settings.get().credential().isEmpty()
                ? List.of()
                : List.of(Finding.note(ID, "the credential for GitHub was not tried (--offline)", ""));
    }

    @Override
    public List<Finding> examine() {
        GitHubSettings set = settings.get();
        if (set.credential().isEmpty()) {
            return List.of();
        }
        if (set.address().isEmpty()) {
            return List.of(Finding.note(
                    ID,
                    "the credential for GitHub was not tried: github.url is not set",
                    "to try it: crossarm doctor --url https://github.com/ACME"));
        }
        GitHubAddress address = set.address().get();
        GitHubAccess github = access.apply(set);
        CredentialReport report = github.tryCredential();
        List<Finding> findings = new ArrayList<>();
        boolean refused =
                report.reads() == CredentialReport.Ability.NO || report.writes() == CredentialReport.Ability.NO;
        report.problems()
                .forEach(problem -> findings.add(Finding.of(ID, refused ? Severity.ERROR : Severity.WARNING, problem)));
        if (report.reads() == CredentialReport.Ability.YES) {
            findings.addAll(able(report, address));
            findings.addAll(audience(github, address));
        }
        return findings;
    }

    private static List<Finding> able(CredentialReport report, GitHubAddress address) {
        String left = report.rate()
                .map(rate -> "; " + rate.remaining() + " of " + rate.limit() + " calls left this hour")
                .orElse("");
        String whose = report.credential() + " may ";
        return switch (report.writes()) {
            case YES ->
                List.of(Finding.ok(
                        ID, whose + "manage the runners of " + address.scope().shown() + left));
            case UNKNOWN ->
                List.of(Finding.note(
                        ID,
                        whose + "list the runners of " + address.scope().shown() + left,
                        "whether it may add and remove them, only doing so tells"));
            case NO -> List.of();
        };
    }

    private static List<Finding> audience(GitHubAccess github, GitHubAddress address) {
        if (address.scope() instanceof RunnerScope.Repository repository) {
            return github.repository(repository.owner(), repository.name()).value().stream()
                    .filter(facts -> facts.open())
                    .map(facts -> Finding.warning(
                            PUBLIC,
                            "the repository " + facts.fullName()
                                    + " is public: everybody's pull requests can run programs" + " on its runners",
                            "",
                            "Give the runners to a private repository, or to a group that allows no public ones",
                            "or have every pull request approved: the repository's Settings, Actions, General"))
                    .toList();
        }
        Answer<List<RunnerGroup>> groups = github.runners().groups();
        return groups.value().orElse(List.of()).stream()
                .filter(RunnerGroup::allowsPublic)
                .map(group -> Finding.warning(
                        PUBLIC,
                        "the runner group " + group.name() + " of "
                                + address.scope().shown()
                                + " allows public repositories: everybody's pull requests can run programs on its runners",
                        "",
                        "Turn that off: Settings, Actions, Runner groups, " + group.name()
                                + ", Allow public repositories"))
                .toList();
    }
}
