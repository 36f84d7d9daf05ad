package dev.crossarm.cli.command;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Loaded;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.health.DoctorReport;
import dev.crossarm.health.Finding;
import dev.crossarm.health.RunnerReadiness;
import dev.crossarm.host.HostFacts;
import dev.crossarm.job.BuildRun;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.plan.Gate;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.RunListener;
import dev.crossarm.plan.RunReport;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestGate;
import dev.crossarm.runner.install.RunnerInstallation;
import dev.crossarm.runner.install.RunnerRecords;
import dev.crossarm.runner.install.RunnerUpdate;
import dev.crossarm.runner.life.RunnerLife;
import dev.crossarm.runner.service.RunnerServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A machine under given settings: what is true of it and what can be done to it. */
public interface Site {

    Loaded loaded();

    HostFacts facts();

    Layout layout();

    /** What a job sees once this machine is provisioned. */
    JobEnvironment environment();

    /**
     * The steps of provisioning.
     *
     * @param upgrade whether an installed channel is to be moved to its newest release
     */
    StepGraph steps(boolean upgrade);

    /**
     * Keeps every other run off this machine until closed.
     *
     * @param command what this run does, told to others who wait for it
     * @param waiting told who holds it while it has to be waited for
     * @throws dev.crossarm.problem.CrossarmException (75) when it was not free in time
     */
    Hold hold(String command, Consumer<String> waiting);

    /** The proof in the end of provisioning by these steps: that this machine builds programs for the target that run. */
    SelfTestGate gate(StepGraph steps);

    /**
     * Carries a plan out and keeps the journal of it.
     *
     * @param gate tried in the end, beside the steps it does not rest on
     * @param warnings told of what does not stop the run, such as a journal that cannot be written
     */
    RunReport run(StepGraph steps, Plan plan, Optional<Gate> gate, RunListener display, Consumer<Problem> warnings);

    /**
     * What the file system says of everything these steps and the self-test go by; empty where one of them does not go by files
     * alone, or this machine's state does not lie where a later run looks for it first.
     */
    Optional<Stamps> stamps(StepGraph steps);

    /** Whether these steps would find nothing to do just now, and the self-test's evidence stands. */
    boolean inOrder(StepGraph steps);

    /**
     * Remembers that all was found in order, so that the same command is answered at once while these stamps hold. Where that cannot
     * be written, nothing is remembered.
     *
     * @param said what is to be told then, a line each
     */
    void remember(Stamps stamps, List<String> said);

    /** Takes away what belongs to no step: journal, lock, the self-test's evidence, and our folders where they are empty. */
    void forget();

    /**
     * Proves that this machine builds programs for the target that run.
     *
     * @param force whether to do it all again where earlier evidence still holds
     * @throws dev.crossarm.problem.CrossarmException naming the phase that failed
     */
    SelfTest.Result selfTest(boolean force, RunListener display);

    /**
     * Examines this machine from every side; writes nothing.
     *
     * @param offline whether the network is to be left alone
     */
    DoctorReport doctor(boolean offline);

    /**
     * What there is to say of each runner of this machine, as it is now.
     *
     * @throws dev.crossarm.problem.CrossarmException when they cannot be found
     */
    List<RunnerReadiness> runners();

    /** The life of the runners that Crossarm installed on this machine. */
    RunnerLife runnerLife();

    /** Whether something was provisioned in this scope, be it whole or not. */
    boolean provisioned();

    /** What is set elsewhere, in variables and cargo's files, and has a say in a build in this folder. */
    List<Finding> buildConflicts(Path directory);

    /** Builds a project; see {@link BuildRun#carryOut}. */
    BuildRun.Ended build(BuildRequest request, BuildScreen screen, Supplier<List<Remark>> before);

    /** What builds keep in this folder, up to this many bytes. */
    BuildCache cache(Path root, long limit);

    /** Installs GitHub's runner on this machine. */
    RunnerInstallation runnerInstallation();

    /** Moves an installed runner to another version. */
    RunnerUpdate runnerUpdate();

    /** The runners that were installed. */
    RunnerRecords runnerRecords();

    /**
     * Keeps the listener of the runner in this directory going, as this process's account, until told to stop by a signal; see
     * {@link dev.crossarm.runner.service.RunnerSupervisor}.
     *
     * @param out gets each line of the listener's, and the supervisor's own
     */
    ExitStatus superviseRunner(Path directory, Consumer<String> out);

    /** The services of runners on this machine. */
    RunnerServices runnerServices();

    /** Something held until closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
