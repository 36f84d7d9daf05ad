package dev.crossarm.job.report;

import dev.crossarm.job.request.BuildHost;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What mends a build in a workflow job. Where a runner was provisioned for all its jobs, that is its administrator's command;
 * where the action set up the account of this very job, an option of {@code provision} is an input of the action.
 */
public final class JobAdvice {
    /** The action says so where it set up the machine. */
    private static final String SET_UP_BY_JOB = "CROSSARM_SET_UP_BY_JOB";

    private JobAdvice() {}

    public static Problem on(Problem problem, BuildHost host) {
        boolean setUpByJob = host.surroundings().variable(SET_UP_BY_JOB).isPresent();
        if (!setUpByJob || problem.remedies().stream().noneMatch(JobAdvice::asksForCpp)) {
            return problem;
        }
        List<String> remedies = new ArrayList<>();
        for (String remedy : problem.remedies()) {
            if (asksForCpp(remedy)) {
                remedies.add("In the workflow, under the action's 'with:': cpp: true");
            }
            remedies.add(remedy);
        }
        return new Problem(problem.code(), problem.summary(), problem.detail(), remedies, problem.exit());
    }

    private static boolean asksForCpp(String remedy) {
        return remedy.contains("crossarm provision") && (remedy.contains("--cpp") || remedy.contains("--compiler cpp"));
    }
}
