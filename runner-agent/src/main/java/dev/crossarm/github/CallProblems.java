package dev.crossarm.github;

import dev.crossarm.download.HttpClientFactory;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong with a call besides GitHub's saying no. */
final class CallProblems {
    private static final String AGAIN = "Run the same command again";

    private final GitHubAddress address;
    private final HttpClientFactory network;

    CallProblems(GitHubAddress address, HttpClientFactory network) {
        this.address = address;
        this.network = network;
    }

    /** No whole answer came. */
    Failure lost(ApiCall call, IOException error, boolean sent) {
        Problem cause = network.failure(address.api().uri(), error);
        String detail = cause.summary() + (cause.detail().isEmpty() ? "" : "\n" + cause.detail());
        boolean unreadable = error instanceof Wire.UnreadableAnswer;
        if (unreadable) {
            return garbage(call, String.valueOf(error.getMessage()));
        }
        if (!sent) {
            Problem problem = new Problem(
                    cause.code(),
                    "cannot " + call.doing() + ": no connection to " + host(),
                    detail,
                    remedies(cause),
                    ExitStatus.UNAVAILABLE);
            return Failure.later(Failure.Kind.UNREACHABLE, problem, Duration.ZERO);
        }
        return cutOff(call, host() + " did not answer in full", detail, cause.remedies());
    }

    /** Java 25 turned off TLS_RSA ciphers and signatures with SHA-1, which old servers may have nothing besides. */
    private List<String> remedies(Problem cause) {
        boolean own = address.place() == GitHubAddress.Place.SERVER;
        if (!own || !cause.code().equals("tls-failed")) {
            return cause.remedies();
        }
        return Stream.concat(
                        cause.remedies().stream(),
                        Stream.of(
                                "An old server may know only ciphers that new versions of Java refuse: update it, or run"
                                        + " crossarm with Java 21"))
                .toList();
    }

    Failure interrupted(ApiCall call, boolean sent) {
        Problem problem =
                Problem.of(ExitStatus.TRY_LATER, "interrupted", "interrupted while trying to " + call.doing(), AGAIN);
        return new Failure(
                Failure.Kind.CUT_OFF, problem, Duration.ZERO, sent && call.writes(), !sent || harmless(call));
    }

    private Failure cutOff(ApiCall call, String why, String detail, List<String> remedies) {
        return new Failure(
                Failure.Kind.CUT_OFF,
                new Problem(
                        "github-answer-lost",
                        "cannot " + call.doing() + ": " + why + mayBeDone(call),
                        detail,
                        remedies,
                        ExitStatus.TRY_LATER),
                Duration.ZERO,
                call.writes(),
                harmless(call));
    }

    static String mayBeDone(ApiCall call) {
        return call.writes() ? "; it may have been done all the same" : "";
    }

    static boolean harmless(ApiCall call) {
        return call.repeat() == ApiCall.Repeat.HARMLESS;
    }

    /** An answer that does not say what it should. */
    Failure garbage(ApiCall call, String what) {
        Problem problem = new Problem(
                "github-answer-unreadable",
                "cannot " + call.doing() + ": " + host() + " sent an answer that crossarm does not understand"
                        + mayBeDone(call),
                Printable.cut(Mask.FORMS.over(Printable.line(what)), 300),
                List.of(
                        "If a proxy stands between, see whether it answers instead: curl -sSI " + address.api(),
                        AGAIN + " later"),
                ExitStatus.DATA);
        return new Failure(Failure.Kind.GARBAGE, problem, Duration.ZERO, call.writes(), harmless(call));
    }

    Failure notYet(ApiCall call, Duration pause) {
        Problem problem = Problem.of(
                ExitStatus.TRY_LATER,
                "github-not-yet",
                "did not " + call.doing() + " yet, to stay within GitHub's limits: " + seconds(pause)
                        + " s have to pass first",
                "sleep " + seconds(pause) + ", then run the same command again");
        return Failure.later(Failure.Kind.NOT_YET, problem, pause);
    }

    Failure otherHost(ApiCall call, String other) {
        Problem problem = Problem.of(
                ExitStatus.DATA,
                "github-sends-elsewhere",
                "cannot " + call.doing() + ": " + host() + " sends on to " + other
                        + ", which must not see the credential",
                "Check the address of the runners, and what stands between: curl -sSI " + address.api());
        return Failure.lasting(Failure.Kind.GARBAGE, problem);
    }

    static long seconds(Duration pause) {
        return Math.max(1, pause.plusMillis(999).toSeconds());
    }

    private String host() {
        return address.api().host();
    }

    static Optional<Duration> retryAfter(Optional<String> header, ServerClock clock) {
        return header.map(String::strip).flatMap(value -> {
            if (value.matches("[0-9]{1,6}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            return ServerClock.parse(value)
                    .map(at -> Duration.between(clock.now(), at))
                    .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
        });
    }
}
