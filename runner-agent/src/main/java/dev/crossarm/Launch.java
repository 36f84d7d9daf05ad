package dev.crossarm;

import dev.crossarm.cli.Cli;
import dev.crossarm.cli.Console;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.SurroundingsReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Takes from the system what there is to take, once, and hands it to the command line. */
final class Launch {

    private Launch() {}

    static int run(String[] arguments) {
        Surroundings surroundings = new SurroundingsReader().read();
        Terminals terminals = new Terminals(surroundings.columns());
        Console console = new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                terminals.is(1),
                terminals.is(2),
                terminals.is(0),
                terminals::columns);
        Wiring wiring = new Wiring(surroundings, Main.version());
        StopSignal stop = StopSignal.arm(Thread.currentThread(), wiring::endChildren);
        try {
            return new Cli(wiring, console).run(arguments);
        } finally {
            console.out().flush();
            console.err().flush();
            stop.disarm();
        }
    }

    /** UTF-8 whatever the locale says, because the services that call us often have none. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
