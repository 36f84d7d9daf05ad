package dev.crossarm.runner.life;

import dev.crossarm.github.Answer;
import dev.crossarm.github.Failure;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Patience;
import dev.crossarm.github.RepositoryFacts;
import dev.crossarm.github.Runner;
import dev.crossarm.github.RunnerGroup;
import dev.crossarm.github.RunnerScope;
import dev.crossarm.github.VersionDates;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What has to be true before a runner is registered. Only reads. Each refusal has a message of its own. */
final class RegisterGate {
    private final GitHubAddress address;
    private final GitHubAccess github;
    private final Patience patience;
    private final InstantSource clock;

    RegisterGate(GitHubAddress address, GitHubAccess github, Patience patience, InstantSource clock) {
        this.address = address;
        this.github = github;
        this.patience = patience;
        this.clock = clock;
    }

    /** That GitHub takes this version, now and for a while. */
    void requireVersion(RunnerName name, String version, Consumer<String> warnings) {
        if (address.place() == GitHubAddress.Place.SERVER) {
            return;
        }
        if (RunnerVersions.belowFloor(version)) {
            throw LifeProblems.tooOld(name, version).asException();
        }
        Answer<VersionDates> answer = patience.with(() -> github.runners().versionDates(version));
        if (answer.failedAs(Failure.Kind.NOT_FOUND)) {
            warnings.accept("GitHub does not say until when it accepts the runner " + version);
            return;
        }
        VersionDates dates = answer.orThrow();
        Instant now = clock.instant();
        dates.registrationEnds().filter(end -> !end.isAfter(now)).ifPresent(end -> {
            throw LifeProblems.aged(name, version, "which cannot be registered", day(end))
                    .asException();
        });
        dates.runEnds().filter(end -> !end.isAfter(now)).ifPresent(end -> {
            throw LifeProblems.aged(name, version, "which gets no jobs", day(end))
                    .asException();
        });
        dates.runEnds()
                .filter(end -> !end.isAfter(now.plus(RunnerVersions.SOON)))
                .ifPresent(end -> warnings.accept("the runner " + version + " gets no jobs any more from " + day(end)
                        + " on; update it soon: crossarm runner update " + name));
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /**
     * That no public repository can use it, unless that is wanted.
     *
     * @return the group's name; empty in a repository
     */
    Optional<String> requireAudience(Optional<String> group, boolean allowPublic) {
        if (address.scope() instanceof RunnerScope.Repository repository) {
            if (group.isPresent()) {
                patience.with(() -> github.runners().groups()).orThrow();
            }
            if (!allowPublic) {
                RepositoryFacts facts = patience.with(() -> github.repository(repository.owner(), repository.name()))
                        .orThrow();
                if (facts.open()) {
                    throw LifeProblems.open("the repository " + facts.fullName() + " is public")
                            .asException();
                }
            }
            return Optional.empty();
        }
        List<RunnerGroup> groups =
                patience.with(() -> github.runners().groups()).orThrow();
        RunnerGroup found = groups.stream()
                .filter(one -> group.map(one.name()::equalsIgnoreCase).orElse(one.standard()))
                .findFirst()
                .orElseThrow(() -> LifeProblems.groupUnknown(group.orElse("(the standard one)"), groups)
                        .asException());
        if (found.allowsPublic() && !allowPublic) {
            throw LifeProblems.open("the runner group " + found.name() + " allows public repositories")
                    .asException();
        }
        return Optional.of(found.name());
    }

    /**
     * That the name is free, or may be taken over.
     *
     * @param begun whether a registration of this name was begun here, when nobody had it, and was cut off
     * @return the record to delete first, when there is one
     */
    Optional<Runner> requireName(RegisterRequest request, RunnerRecord record, boolean begun) {
        Optional<Runner> found =
                patience.with(() -> github.runners().named(request.onGitHub())).orThrow();
        if (found.isEmpty()) {
            return found;
        }
        Runner other = found.get();
        boolean recorded = record.registration()
                .filter(own -> own.id() == other.id())
                .filter(own -> LocalRegistration.plain(own.address()).equals(LocalRegistration.plain(address.web())))
                .isPresent();
        boolean cutOff = begun && !other.online();
        String again = "crossarm runner register " + request.name() + " --replace";
        if (other.online()) {
            throw LifeProblems.taken(
                            request.onGitHub(),
                            "a runner that is online (number " + other.id() + ")",
                            "Give another one: --name " + request.onGitHub() + "-2")
                    .asException();
        }
        if (!recorded && !cutOff) {
            throw LifeProblems.taken(
                            request.onGitHub(),
                            "a runner that is offline and not of this machine (number " + other.id() + ")",
                            "Give another one: --name " + request.onGitHub() + "-2",
                            "or delete it on GitHub first, if nobody needs it")
                    .asException();
        }
        if (recorded && !cutOff && !request.replace()) {
            throw LifeProblems.taken(
                            request.onGitHub(),
                            "an earlier registration of this runner, which is offline (number " + other.id() + ")",
                            "Replace it: " + again)
                    .asException();
        }
        return found;
    }
}
