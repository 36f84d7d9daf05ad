package dev.crossarm.github;

import dev.crossarm.host.FileProblems;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/** What can be wrong with credentials, and with what is asked of which kind of place. */
final class GitHubProblems {
    private GitHubProblems() {}

    static Failure noAppForEnterprise(RunnerScope.Enterprise enterprise) {
        return Failure.lasting(
                Failure.Kind.NOT_OFFERED,
                Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-app-for-enterprise",
                        "GitHub lets no App manage the runners of an enterprise: " + enterprise.shown()
                                + " needs a classic token with the scope " + RunnerScope.Enterprise.SCOPE,
                        "Make a classic token with that scope, and name its file in place of the App",
                        "Or give the runners to an organization, where an App may manage them"));
    }

    static Failure noGroups(String doing) {
        return Failure.lasting(
                Failure.Kind.NOT_OFFERED,
                Problem.of(
                        ExitStatus.CONFIGURATION,
                        "github-no-groups",
                        "cannot " + doing + ": a repository's runners are in no group",
                        "Name no group, or give the runners to the organization"));
    }

    static Failure notInstalled(GitHubAddress address, String app, Failure found) {
        return Failure.lasting(
                Failure.Kind.UNAUTHORISED,
                new Problem(
                        "github-app-not-installed",
                        "the GitHub App " + app + " is not installed on "
                                + address.scope().shown(),
                        found.problem().detail(),
                        List.of(
                                "Install it in a browser: the App's settings, Install App",
                                "If it is installed there for selected repositories only, add this one",
                                "Check the App's id: it stands in the App's settings, beside the client id"),
                        ExitStatus.NO_PERMISSION));
    }

    static Failure suspended(GitHubAddress address, String app) {
        return Failure.lasting(
                Failure.Kind.UNAUTHORISED,
                Problem.of(
                        ExitStatus.NO_PERMISSION,
                        "github-app-suspended",
                        "the GitHub App " + app + " is suspended on "
                                + address.scope().shown(),
                        "Lift it in a browser: the organization's settings, GitHub Apps, Configure, Unsuspend"));
    }

    static Failure appRefused(String app, Path key, Failure found) {
        return Failure.lasting(
                Failure.Kind.UNAUTHORISED,
                new Problem(
                        "github-app-refused",
                        "GitHub refused the key in " + key + " for the App " + app,
                        found.problem().detail(),
                        List.of(
                                "Check that the id and the key are of the same App: its settings show the id, and the"
                                        + " digests of its keys",
                                "Digest of this key: openssl rsa -in " + FileProblems.quoted(key)
                                        + " -pubout -outform DER | openssl sha256 -binary | openssl base64",
                                "Check the clock: timedatectl"),
                        ExitStatus.NO_PERMISSION));
    }
}
