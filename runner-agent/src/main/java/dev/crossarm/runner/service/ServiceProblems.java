package dev.crossarm.runner.service;

import dev.crossarm.host.process.Command;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The expected failures of this package. */
final class ServiceProblems {

    private ServiceProblems() {}

    static Problem anotherSupervisor(Path directory) {
        return new Problem(
                "runner-supervised",
                "another supervisor keeps the runner in " + directory,
                "Two listeners in one directory would take each other's jobs",
                List.of(
                        "pgrep -af 'runner supervise'",
                        "Stop the service that started the other one, or end it with its terminal"),
                ExitStatus.TRY_LATER);
    }

    static Problem foreignListener(String unit, Path directory, long listener, String account) {
        return new Problem(
                "runner-runs-elsewhere",
                unit + " is not started: a listener of " + account + " runs in " + directory,
                "Two listeners in one directory would take each other's jobs",
                List.of(
                        "ps -fp " + listener,
                        "When it has no job: press Ctrl+C in its terminal, or: sudo kill -INT " + listener),
                ExitStatus.TRY_LATER);
    }

    static Problem noSystemd() {
        return Problem.of(
                ExitStatus.UNAVAILABLE,
                "no-systemd",
                "systemd does not run this machine, and a runner's service needs it",
                "cat /proc/1/comm");
    }

    static Problem noAccount(String unit, String account) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "service-account-missing",
                unit + " cannot run as " + account + ": there is no such account",
                "getent passwd " + Command.word(account));
    }

    static Problem rootsJobs(String unit) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "service-as-root",
                unit + " would run its jobs as root",
                "Give the account of the jobs with --user");
    }

    static Problem noFolder(String unit, Path directory) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "service-folder-missing",
                unit + " cannot work in " + directory + ": there is no such folder",
                "ls -ld " + Command.word(directory.toString()));
    }

    static Problem noProgram(String unit, Path program) {
        return new Problem(
                "service-program-missing",
                unit + " cannot start " + program,
                "It is not there, or is no program",
                List.of("sudo ./scripts/install", "ls -l " + Command.word(program.toString())),
                ExitStatus.CONFIGURATION);
    }

    static Problem openProgram(String unit, Path program, Path open) {
        return new Problem(
                "service-program-open",
                unit + " would run " + program + ", which an account other than root can change",
                open + " can be written to",
                List.of("Install crossarm as root, in /usr/local: sudo ./scripts/install"),
                ExitStatus.CONFIGURATION);
    }

    static Problem refusedUnit(Path file, String said) {
        return new Problem(
                "service-unit-refused",
                "systemd does not take the unit for the runner",
                said,
                List.of("systemd-analyze verify --recursive-errors=no " + Command.word(file.toString())),
                ExitStatus.BUG);
    }

    static Problem notUp(String unit, String why) {
        return new Problem(
                "runner-service-not-up",
                unit + " was started and does not listen for jobs",
                why,
                List.of("sudo journalctl -u " + unit + " -n 50", "sudo systemctl status " + unit),
                ExitStatus.UNAVAILABLE);
    }

    static Problem stillStopping(String unit, Duration waited) {
        return new Problem(
                "runner-service-stopping",
                unit + " has not stopped within " + waited.toSeconds() + " s: its job still runs",
                "A stop waits for the running job; nothing is lost by waiting on",
                List.of(
                        "journalctl -fu " + unit,
                        "To cancel the job: sudo systemctl kill --kill-who=main --signal=SIGTERM " + unit),
                ExitStatus.TRY_LATER);
    }
}
