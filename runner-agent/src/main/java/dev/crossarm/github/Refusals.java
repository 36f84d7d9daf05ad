package dev.crossarm.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import dev.crossarm.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an answer other than 2xx means. Not by its status alone: a limit may be a 403 or a 429, with headers or without, and
 * a 403 with nothing remaining may be a missing right. GitHub's documentation, "Rate limits" and "Troubleshooting".
 */
final class Refusals {
    private static final int MOST_TEXT = 300;
    private static final Pattern SECONDARY =
            Pattern.compile("secondary rate limit|abuse detection|too many requests|submitted too quickly");
    private static final Pattern PRIMARY = Pattern.compile("rate limit exceeded|rate limit for|exceeded .*rate limit");
    private static final Pattern BUSY = Pattern.compile("currently running a job|is running a job|still running a job");

    private final GitHubAddress address;
    private final RequestPace pace;
    private final ServerClock clock;

    Refusals(GitHubAddress address, RequestPace pace, ServerClock clock) {
        this.address = address;
        this.pace = pace;
        this.clock = clock;
    }

    /** The last request that a limit allowed: the next would only be refused. */
    void noteRemaining(ApiCall call, ApiReply reply) {
        if (remaining(reply) == 0) {
            untilReset(reply).ifPresent(wait -> pace.primary(call.family(), wait));
        }
    }

    Failure of(ApiCall call, ApiReply reply) {
        String said = said(reply);
        Optional<Failure> limit = limit(call, reply, said.toLowerCase(Locale.ROOT));
        if (limit.isPresent()) {
            return limit.get();
        }
        String detail = "HTTP " + reply.status() + (said.isEmpty() ? "" : ": " + said) + requestId(reply);
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return moved(call, reply, detail);
        }
        return switch (status) {
            case 401 -> unauthorised(call, detail);
            case 403, 451 -> missingRight(call, reply, detail);
            case 404, 410 -> notFound(call, reply, detail);
            case 409 ->
                lasting(
                        Failure.Kind.CONFLICT,
                        "github-conflict",
                        call,
                        "something is in the way",
                        detail,
                        "See which runners there are: " + address.web());
            case 408 -> trouble(call, reply, detail);
            case 422 ->
                BUSY.matcher(said.toLowerCase(Locale.ROOT)).find()
                        ? Failure.later(
                                Failure.Kind.BUSY,
                                problem(
                                        ExitStatus.TRY_LATER,
                                        "runner-busy",
                                        call,
                                        "the runner has a job",
                                        detail,
                                        List.of("Wait until the job has ended, then run the same command again")),
                                Duration.ZERO)
                        : invalid(call, detail);
            default -> status >= 500 ? trouble(call, reply, detail) : invalid(call, detail);
        };
    }

    private Optional<Failure> limit(ApiCall call, ApiReply reply, String said) {
        boolean possible = reply.status() == 403 || reply.status() == 429;
        if (!possible) {
            return Optional.empty();
        }
        Optional<Duration> asked =
                CallProblems.retryAfter(Optional.ofNullable(reply.headers().get("Retry-After")), clock);
        if (asked.isPresent() || SECONDARY.matcher(said).find()) {
            return Optional.of(limited(call, "a secondary limit", pace.secondary(asked.orElse(Duration.ZERO))));
        }
        boolean usedUp = remaining(reply) == 0;
        boolean named = PRIMARY.matcher(said).find();
        if (usedUp && (named || reply.status() == 429 || said.isEmpty())) {
            Duration wait = untilReset(reply).orElse(RequestPace.SECONDARY);
            return Optional.of(limited(call, "the hourly limit", pace.primary(call.family(), wait)));
        }
        // Without a word about a limit this is a missing right, even where the last request was the one that told so.
        return named || reply.status() == 429
                ? Optional.of(limited(call, "a limit", pace.secondary(Duration.ZERO)))
                : Optional.empty();
    }

    private static Failure limited(ApiCall call, String which, Duration pause) {
        long seconds = CallProblems.seconds(pause);
        Problem problem = Problem.of(
                ExitStatus.TRY_LATER,
                "github-rate-limit",
                "cannot " + call.doing() + " now: " + which + " of GitHub's is used up for " + seconds + " s",
                "sleep " + seconds + ", then run the same command again");
        return Failure.later(Failure.Kind.RATE_LIMITED, problem, pause);
    }

    private static long remaining(ApiReply reply) {
        String text = reply.headers().get("X-RateLimit-Remaining");
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    /** By GitHub's clock at both ends. */
    private Optional<Duration> untilReset(ApiReply reply) {
        String text = reply.headers().get("X-RateLimit-Reset");
        if (text == null || !text.matches("\\d{1,12}")) {
            return Optional.empty();
        }
        Instant now = ServerClock.parse(reply.headers().get("Date")).orElse(clock.now());
        Duration wait = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text)));
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait.plusSeconds(1));
    }

    private Failure moved(ApiCall call, ApiReply reply, String detail) {
        String target = reply.headers().get("Location");
        return lasting(
                Failure.Kind.MOVED,
                "github-moved",
                call,
                address.scope().shown() + " has another name now",
                detail + (target == null ? "" : "\nit sends on to " + plain(target)),
                "Open " + address.web() + " in a browser, and give the address that it leads to");
    }

    private Failure unauthorised(ApiCall call, String detail) {
        return new Failure(
                Failure.Kind.UNAUTHORISED,
                problem(
                        ExitStatus.NO_PERMISSION,
                        "github-credential-refused",
                        call,
                        "GitHub refused the credential, which is wrong, expired or withdrawn",
                        detail,
                        List.of("Make a new one, and put it in the place of the old: it needs "
                                + call.need().shown())),
                Duration.ZERO,
                false,
                false);
    }

    private Failure missingRight(ApiCall call, ApiReply reply, String detail) {
        String sso = reply.headers().get("X-GitHub-SSO");
        if (sso != null && sso.contains("required")) {
            return lasting(
                    Failure.Kind.MISSING_RIGHT,
                    "github-sso",
                    call,
                    "the token is not authorized for the organization's single sign-on",
                    detail,
                    "Authorize it in a browser: Settings, Developer settings, the token, Configure SSO");
        }
        return lasting(
                Failure.Kind.MISSING_RIGHT,
                "github-missing-right",
                call,
                "the credential lacks "
                        + Permissions.named(reply).orElse(call.need().shown()),
                detail,
                "Give it " + Permissions.named(reply).orElse(call.need().shown())
                        + "; after a change of an App's permissions, accept it for the installation as well");
    }

    private Failure notFound(ApiCall call, ApiReply reply, String detail) {
        String needed = Permissions.named(reply).orElse(call.need().shown());
        List<String> remedies = new ArrayList<>();
        remedies.add("If it is there, the credential may not see it: it needs " + needed);
        if (address.scope() instanceof RunnerScope.Organization) {
            remedies.add("If " + address.scope().shown() + " is a person's account, name a repository: " + address.web()
                    + "/REPOSITORY");
        }
        return Failure.lasting(
                Failure.Kind.NOT_FOUND,
                problem(
                        ExitStatus.UNAVAILABLE,
                        "github-not-found",
                        call,
                        "GitHub knows no such thing, or hides it from this credential",
                        detail,
                        remedies));
    }

    private Failure invalid(ApiCall call, String detail) {
        return lasting(
                Failure.Kind.INVALID,
                "github-not-accepted",
                call,
                "GitHub does not accept it",
                detail,
                "See what it says above");
    }

    private Failure trouble(ApiCall call, ApiReply reply, String detail) {
        Duration pause = CallProblems.retryAfter(
                        Optional.ofNullable(reply.headers().get("Retry-After")), clock)
                .orElse(Duration.ZERO);
        return new Failure(
                Failure.Kind.SERVER_TROUBLE,
                problem(
                        ExitStatus.TRY_LATER,
                        "github-trouble",
                        call,
                        "GitHub has trouble of its own" + CallProblems.mayBeDone(call),
                        detail,
                        List.of("See https://www.githubstatus.com/, and run the same command again later")),
                pause,
                call.writes(),
                CallProblems.harmless(call));
    }

    private static Failure lasting(
            Failure.Kind kind, String code, ApiCall call, String why, String detail, String remedy) {
        ExitStatus exit = switch (kind) {
            case CONFLICT -> ExitStatus.CANNOT_CREATE;
            case MISSING_RIGHT -> ExitStatus.NO_PERMISSION;
            default -> ExitStatus.CONFIGURATION;
        };
        return Failure.lasting(kind, problem(exit, code, call, why, detail, List.of(remedy)));
    }

    private static Problem problem(
            ExitStatus exit, String code, ApiCall call, String why, String detail, List<String> remedies) {
        return new Problem(code, "cannot " + call.doing() + ": " + why, detail, remedies, exit);
    }

    /** GitHub's own words, of a form that can be shown. */
    private static String said(ApiReply reply) {
        try {
            JsonNode tree = Fields.tree(reply);
            StringBuilder text = new StringBuilder(tree.path("message").asText(""));
            for (JsonNode error : tree.path("errors")) {
                text.append(text.length() == 0 ? "" : "; ")
                        .append(
                                error.isTextual()
                                        ? error.asText()
                                        : error.path("message").asText(""));
            }
            return plain(text.toString());
        } catch (java.io.IOException notJson) {
            return plain(reply.body().utf8());
        }
    }

    private static String requestId(ApiReply reply) {
        String id = reply.headers().get("X-GitHub-Request-Id");
        return id == null ? "" : "\nrequest " + plain(id);
    }

    private static String plain(String text) {
        return Printable.cut(Mask.FORMS.over(Printable.marked(text.strip())), MOST_TEXT);
    }
}
