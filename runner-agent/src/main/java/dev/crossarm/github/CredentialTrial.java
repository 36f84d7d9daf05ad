package dev.crossarm.github;

import dev.crossarm.github.CredentialReport.Ability;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tries a credential without changing anything but what getting a token changes. */
final class CredentialTrial {
    /** Scopes of classic tokens that include others; GitHub's documentation, "Scopes for OAuth apps". */
    private static final Map<String, Set<String>> INCLUDED =
            Map.of("admin:enterprise", Set.of(RunnerScope.Enterprise.SCOPE));

    private final ApiClient client;

    CredentialTrial(ApiClient client) {
        this.client = client;
    }

    CredentialReport report() {
        RunnerScope scope = client.address().scope();
        List<Problem> problems = new ArrayList<>();
        ApiCall call = ApiCall.get(
                client.address()
                        .below("actions", "runners")
                        .newBuilder()
                        .addQueryParameter("per_page", "1")
                        .build(),
                "runners",
                "list the runners of " + scope.shown(),
                scope.read());
        Answer<ApiReply> list = client.send(call);
        list.failure().map(Failure::problem).ifPresent(problems::add);
        Ability reads = list.value().isPresent() ? Ability.YES : asked(list) ? Ability.NO : Ability.UNKNOWN;
        Ability writes = writes(list, reads, problems);
        Optional<RateFacts> rate = reads == Ability.YES ? RateFacts.read(client).value() : Optional.empty();
        return new CredentialReport(client.credential().shown(), reads, writes, rate, problems);
    }

    /** Whether GitHub itself said no. */
    private static boolean asked(Answer<ApiReply> list) {
        return list.failedAs(Failure.Kind.MISSING_RIGHT)
                || list.failedAs(Failure.Kind.UNAUTHORISED)
                || list.failedAs(Failure.Kind.NOT_OFFERED)
                || list.failedAs(Failure.Kind.NOT_FOUND);
    }

    private Ability writes(Answer<ApiReply> list, Ability reads, List<Problem> problems) {
        if (reads != Ability.YES) {
            return reads;
        }
        Optional<Map<String, String>> rights =
                client.credential().rights().value().flatMap(found -> found);
        if (rights.isPresent()) {
            return judged("write".equals(rights.get().get(permission())), problems);
        }
        String scopes = list.orThrow().headers().get("X-OAuth-Scopes");
        if (scopes == null || scopes.isBlank()) {
            return Ability.UNKNOWN;
        }
        Set<String> held = new TreeSet<>();
        for (String one : scopes.split(",", -1)) {
            held.add(one.strip());
            held.addAll(INCLUDED.getOrDefault(one.strip(), Set.of()));
        }
        return judged(held.contains(client.address().scope().write().scope()), problems);
    }

    private Ability judged(boolean can, List<Problem> problems) {
        if (!can) {
            RunnerScope scope = client.address().scope();
            problems.add(Problem.of(
                    ExitStatus.NO_PERMISSION,
                    "github-missing-right",
                    client.credential().shown() + " may see the runners of " + scope.shown()
                            + " and not change them: it lacks "
                            + scope.write().shown(),
                    "Give it " + scope.write().shown()
                            + "; after a change of an App's permissions, accept it for the installation as well"));
        }
        return can ? Ability.YES : Ability.NO;
    }

    private String permission() {
        return client.address().scope() instanceof RunnerScope.Repository
                ? Permissions.ADMINISTRATION
                : Permissions.SELF_HOSTED;
    }
}
