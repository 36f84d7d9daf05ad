package dev.crossarm.host.process;

import dev.crossarm.host.Surroundings;
import dev.crossarm.text.Mask;
import dev.crossarm.text.SecretRegister;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@link CommandRunner} and {@link StreamingRunner} on real processes. One instance for the whole agent, usable by many threads at once: it knows
 * its living children, so that {@link #endAll} can end them when the agent itself is told to stop.
 */
public final class ProcessCommandRunner implements CommandRunner, StreamingRunner {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long SECONDS_TO_REAP = 2;
    private static final int LEFT_RUNNING = -1;
    private static final int DEADLINE_PASSED = 124;

    private final ChildLauncher launcher;
    private final Duration grace;
    private final SecretRegister known;
    private final Map<Process, Command> living = new HashMap<>();
    private boolean stopping;

    public ProcessCommandRunner(Surroundings surroundings) {
        this(surroundings, new SecretRegister());
    }

    /** @param known secrets that are hidden in what children say, also those that it learns of while they run */
    public ProcessCommandRunner(Surroundings surroundings, SecretRegister known) {
        this(surroundings, known, GRACE);
    }

    /** @param grace time between TERM and KILL */
    ProcessCommandRunner(Surroundings surroundings, Duration grace) {
        this(surroundings, new SecretRegister(), grace);
    }

    private ProcessCommandRunner(Surroundings surroundings, SecretRegister known, Duration grace) {
        this.launcher = new ChildLauncher(surroundings);
        this.known = known;
        this.grace = grace;
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        long start = System.nanoTime();
        ChildLauncher.Prepared prepared = launcher.prepare(command);
        Mask mask = Mask.of(command.secrets(), prepared.environment()).watching(known);
        Transcript transcript = new Transcript(mask, lines);
        ChildLauncher.Child child = start(prepared);
        Process process = child.process();
        String name = command.program() + " " + process.pid();
        StreamCapture out = new StreamCapture(command, transcript, mask);
        StreamCapture err = new StreamCapture(command, transcript, mask);
        ChildStreams streams = new ChildStreams(name, child, (error, bytes) -> (error ? err : out).add(bytes)).start();
        try {
            boolean inTime = process.waitFor(command.deadline().toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime) {
                onDeadline(command, process, transcript);
            }
            boolean running = process.isAlive();
            if (!running) {
                streams.awaitEnd();
            }
            streams.abandon();
            out.finish();
            err.finish();
            transcript.close();
            transcript.rethrow();
            return new CommandResult(
                    command,
                    running ? LEFT_RUNNING : process.exitValue(),
                    out.captured(),
                    err.captured(),
                    transcript.lastLines(),
                    !inTime,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException stop) {
            throw interrupted(command, process, stop);
        } finally {
            streams.abandon();
            transcript.close();
            forget(process);
        }
    }

    @Override
    public int stream(Command command, OutputSink sink) {
        ChildLauncher.Child child = start(launcher.prepare(command));
        Process process = child.process();
        StreamPump pump = new StreamPump(command.program() + " " + process.pid(), child, sink);
        try {
            if (pump.pump(process, command.deadline().toNanos())) {
                return process.exitValue();
            }
            SessionEnd.of(List.of(process.pid()), grace);
            pump.rest();
            return DEADLINE_PASSED;
        } catch (InterruptedException stop) {
            throw interrupted(command, process, stop);
        } catch (RuntimeException | Error sinkFailed) {
            SessionEnd.of(List.of(process.pid()), grace);
            throw sinkFailed;
        } finally {
            pump.abandon();
            forget(process);
        }
    }

    private synchronized ChildLauncher.Child start(ChildLauncher.Prepared prepared) {
        // What must never be killed must not even be started by a thread that has been told to stop.
        if (stopping || Thread.currentThread().isInterrupted()) {
            throw CommandProblems.stopping(prepared.command()).asException();
        }
        ChildLauncher.Child child = launcher.start(prepared);
        living.put(child.process(), prepared.command());
        return child;
    }

    private synchronized void forget(Process process) {
        living.remove(process);
    }

    private void onDeadline(Command command, Process process, Transcript transcript) throws InterruptedException {
        if (command.onDeadline() == Command.OnDeadline.LEAVE) {
            transcript.remark("left running as process " + process.pid());
        } else {
            boolean gone = SessionEnd.of(List.of(process.pid()), grace);
            // A process in uninterruptible sleep outlives even KILL: it is reported and not waited for.
            if (!process.waitFor(SECONDS_TO_REAP, TimeUnit.SECONDS) || !gone) {
                transcript.remark("some of its processes could not be ended: ps -s " + process.pid());
            }
        }
    }

    private RuntimeException interrupted(Command command, Process process, InterruptedException stop) {
        try {
            if (command.onDeadline() == Command.OnDeadline.LEAVE) {
                return CommandProblems.leftRunning(command, process.pid()).asException(stop);
            }
            SessionEnd.of(List.of(process.pid()), grace);
            return CommandProblems.interrupted(command).asException(stop);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends every child with its session, apart from those that are never to be killed, and starts no more. For the
     * agent's own end; returns when they are gone, after the grace and a little more at most.
     */
    public void endAll() {
        List<Long> leaders;
        synchronized (this) {
            stopping = true;
            leaders = living.entrySet().stream()
                    .filter(child -> child.getValue().onDeadline() == Command.OnDeadline.END)
                    .map(child -> child.getKey().pid())
                    .toList();
        }
        SessionEnd.of(leaders, grace);
    }
}
