package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    private final ScriptedStep packages = new ScriptedStep("packages", 1);
    private final ScriptedStep rustup = new ScriptedStep("rustup", 1, "packages");
    private final StepGraph graph = StepGraph.of(List.of(packages, rustup));

    @Test
    void shows_a_plan() {
        rustup.beforeCheck = step -> {
            throw Problem.of(ExitStatus.NO_PERMISSION, "denied", "may not", "sudo crossarm")
                    .asException();
        };

        assertThat(RunJson.of(new Planner(graph).plan(Selection.all(graph))).toPrettyString())
                .isEqualTo("""
                        {
                          "schemaVersion" : 1,
                          "action" : "provision",
                          "drift" : true,
                          "estimate" : {
                            "downloadBytes" : 0,
                            "diskBytes" : 0,
                            "seconds" : 0
                          },
                          "steps" : [ {
                            "step" : "packages",
                            "summary" : "the packages of the test",
                            "leftOut" : false,
                            "state" : "drifted",
                            "differences" : [ {
                              "subject" : "part-0",
                              "found" : "missing",
                              "wanted" : "present"
                            } ],
                            "changes" : [ {
                              "kind" : "run",
                              "target" : "part-0",
                              "summary" : "make part-0",
                              "before" : "absent",
                              "after" : "unknown",
                              "sensitive" : false
                            } ]
                          }, {
                            "step" : "rustup",
                            "summary" : "the rustup of the test",
                            "leftOut" : false,
                            "state" : "unknown",
                            "problem" : {
                              "code" : "denied",
                              "summary" : "may not",
                              "detail" : "",
                              "remedies" : [ "sudo crossarm" ],
                              "exit" : 77
                            },
                            "changes" : [ ]
                          } ]
                        }""");
    }

    @Test
    void shows_a_report() {
        packages.alreadyDone();
        rustup.ineffective();
        PlanRunner runner = new PlanRunner(() -> Instant.EPOCH, () -> 0, event -> {});
        RunReport report = runner.run(graph, new Planner(graph).plan(Selection.all(graph)), "run-1");

        assertThat(RunJson.of(report).toPrettyString()).isEqualTo("""
                        {
                          "schemaVersion" : 1,
                          "run" : "run-1",
                          "action" : "provision",
                          "good" : false,
                          "exit" : 1,
                          "interrupted" : false,
                          "seconds" : 0.000,
                          "steps" : [ {
                            "step" : "packages",
                            "summary" : "the packages of the test",
                            "leftOut" : false,
                            "outcome" : "unchanged",
                            "evidence" : [ "1 parts" ],
                            "seconds" : 0.000
                          }, {
                            "step" : "rustup",
                            "summary" : "the rustup of the test",
                            "leftOut" : false,
                            "outcome" : "failed",
                            "problem" : {
                              "code" : "postcondition",
                              "summary" : "step rustup made its changes, but is not satisfied: part-0 is missing",
                              "detail" : "part-0: found missing, wanted present",
                              "remedies" : [ "Run the same command again; if this happens again, something else on this machine undoes the change" ],
                              "exit" : 1
                            },
                            "seconds" : 0.000
                          } ]
                        }""");
    }

    @Test
    void shows_durations_in_seconds_to_the_millisecond() {
        RunReport report = new RunReport(
                "run-1", Plan.Action.REMOVE, List.of(), Optional.empty(), false, Duration.ofMillis(61_007));

        assertThat(RunJson.of(report).toString()).contains("\"seconds\":61.007");
    }
}
