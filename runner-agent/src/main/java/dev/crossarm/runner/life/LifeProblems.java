package dev.crossarm.runner.life;

import dev.crossarm.github.RunnerGroup;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What can be in the way of registering, draining and removing a runner. */
final class LifeProblems {

    private LifeProblems() {}

    static Problem notInstalled(RunnerName name, List<String> there) {
        return new Problem(
                "runner-not-installed",
                "there is no runner " + name + " on this machine",
                there.isEmpty() ? "No runner is installed by Crossarm." : "There are: " + String.join(", ", there),
                List.of(there.isEmpty() ? "Install one first: crossarm runner install" : "crossarm runner status"),
                ExitStatus.CONFIGURATION);
    }

    static Problem several(List<String> there, String command) {
        return new Problem(
                "runner-not-named",
                "there are several runners on this machine, and none is named",
                "There are: " + String.join(", ", there),
                List.of(command + " " + there.get(0)),
                ExitStatus.USAGE);
    }

    static Problem elsewhere(RunnerName name, String registered, String wanted) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-registered-elsewhere",
                "the runner " + name + " is registered at " + registered + ", not at " + wanted,
                "Keep it there, and do nothing",
                "or remove it first: crossarm runner remove " + name);
    }

    static Problem tooOld(RunnerName name, String version) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-version-too-old",
                "the runner " + name + " has version " + version + ": GitHub has registered none below "
                        + RunnerVersions.FLOOR + " since " + RunnerVersions.FLOOR_SINCE,
                "Update it: crossarm runner update " + name);
    }

    static Problem aged(RunnerName name, String version, String what, String date) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-version-ended",
                "the runner " + name + " has version " + version + ", " + what + " since " + date,
                "Update it: crossarm runner update " + name);
    }

    static Problem open(String what) {
        return new Problem(
                "runner-for-public",
                what,
                "Whoever opens a pull request there can run programs on this machine, and what they leave stays for the"
                        + " next job.",
                List.of(
                        "Use a private repository, or a group that allows no public ones",
                        "or, when everybody who can open a pull request is trusted, add --allow-public"),
                ExitStatus.CONFIGURATION);
    }

    static Problem groupUnknown(String group, List<RunnerGroup> there) {
        return new Problem(
                "runner-group-unknown",
                "there is no runner group " + group,
                "There are: " + there.stream().map(RunnerGroup::name).collect(Collectors.joining(", ")),
                List.of("Give one of them: --group NAME"),
                ExitStatus.CONFIGURATION);
    }

    static Problem taken(String name, String whose, String... remedies) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-name-taken",
                "the name " + name + " is taken on GitHub by " + whose,
                remedies);
    }

    static Problem unconfirmed(RunnerName name, String why) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "runner-not-confirmed",
                "the runner's config.sh succeeded, and " + why,
                "crossarm runner register " + name);
    }

    static Problem notMadeHere(RunnerName name, String found, Path folder) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-of-another",
                "the registration in the folder of the runner " + name + " is that of " + found
                        + ", which this machine did not make",
                "See what is there: sudo ls -la " + folder,
                "If it is worth nothing: sudo rm " + folder.resolve(".runner"),
                "crossarm runner register " + name);
    }

    static Problem changed(RunnerName name, Path what) {
        return Problem.of(
                ExitStatus.NO_PERMISSION,
                "runner-changed",
                what + " is not what the package brought: a job can have changed it, and would be given a token",
                "crossarm runner remove " + name,
                "crossarm runner install " + name);
    }

    static Problem notRegistered(RunnerName name) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-not-registered",
                "the runner " + name + " is not registered",
                "crossarm runner register " + name);
    }

    static Problem busy(RunnerName name) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "runner-busy",
                "the runner " + name + " is running a job",
                "Let it finish the job first: crossarm runner remove " + name);
    }
}
