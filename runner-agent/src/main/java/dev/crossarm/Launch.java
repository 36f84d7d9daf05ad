package dev.crossarm;

import dev.crossarm.cli.Cli;
import dev.crossarm.cli.display.Console;
import dev.crossarm.config.StatePlace;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.SurroundingsReader;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.problem.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes from the system what there is to take, once, and hands it to the command line. */
final class Launch {

    private Launch() {}

    static int run(String[] arguments) {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        int status = run(arguments, stream(output));
        if (output.failure().isPresent()) {
            stream(new FileOutputStream(FileDescriptor.err))
                    .println("error: cannot write to standard output: "
                            + output.failure().get());
            return status == ExitStatus.DONE.code() ? ExitStatus.CANNOT_CREATE.code() : status;
        }
        return status;
    }

    private static int run(String[] arguments, PrintStream out) {
        Surroundings surroundings = new SurroundingsReader().read();
        String called = System.getProperty("crossarm.called", "crossarm"); // told by the launcher
        UpToDate upToDate = new UpToDate(
                StatePlace.of(surroundings).resolve(UpToDate.NAME), new Caller(surroundings, line(called, arguments)));
        if (arguments.length > 0 && arguments[0].equals("provision")) {
            Optional<UpToDate.Answer> answer = upToDate.answer();
            if (answer.isPresent()) {
                out.println(String.join("\n", answer.get().lines()));
                return ExitStatus.DONE.code();
            }
        }
        Wiring wiring = new Wiring(surroundings, called, Main.version(), upToDate);
        Terminals terminals = new Terminals(surroundings.columns());
        Console console = new Console(
                wiring.mask(),
                surroundings.variable("GITHUB_ACTIONS").isPresent(),
                out,
                stream(new FileOutputStream(FileDescriptor.err)),
                System.in,
                terminals.is(1),
                terminals.is(2),
                terminals.is(0),
                terminals::columns);
        StopSignal stop = StopSignal.arm(Thread.currentThread(), wiring::endChildren);
        try {
            return new Cli(wiring, console).run(arguments);
        } finally {
            console.out().flush();
            console.err().flush();
            stop.disarm();
        }
    }

    /** A class and no lambda, which takes longer to make than the answer. */
    private record Caller(Surroundings surroundings, List<String> line) implements Supplier<String> {
        @Override
        public String get() {
            return UpToDate.caller(Main.version(), surroundings, line);
        }
    }

    /** With the name, because what is remembered has commands in it that begin with it. */
    private static List<String> line(String called, String[] arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add(0, called);
        return line;
    }

    /** UTF-8 whatever the locale says, because the services that call us often have none. */
    private static PrintStream stream(OutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
