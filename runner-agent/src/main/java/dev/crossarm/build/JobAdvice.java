package dev.crossarm.build;

import dev.crossarm.config.Scope;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What mends a build in a workflow job. Where a runner was provisioned for all its jobs, that is its administrator's command;
 * where the action set up the account of this very job, an option of {@code provision} is an input of the action.
 */
final class JobAdvice {
    private JobAdvice() {}

    static Problem on(Problem problem, BuildHost host) {
        boolean setUpByJob = host.surroundings().variable("GITHUB_ACTIONS").isPresent()
                && host.settings().scope() == Scope.USER;
        if (!setUpByJob || problem.remedies().stream().noneMatch(JobAdvice::asksForCpp)) {
            return problem;
        }
        List<String> remedies = new ArrayList<>();
        for (String remedy : problem.remedies()) {
            if (asksForCpp(remedy)) {
                remedies.add("In the workflow, below the action's 'with:': cpp: true");
            }
            remedies.add(remedy);
        }
        return new Problem(problem.code(), problem.summary(), problem.detail(), remedies, problem.exit());
    }

    private static boolean asksForCpp(String remedy) {
        return remedy.contains("crossarm provision") && (remedy.contains("--cpp") || remedy.contains("--compiler cpp"));
    }
}
