package dev.crossarm.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.diagnose.Diagnosis;
import dev.crossarm.diagnose.FailureClass;
import dev.crossarm.diagnose.LogReader;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.host.files.Unreadable;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code crossarm explain}: reads the log of a failed build and says what went wrong and what mends it. */
public final class ExplainCommand implements Subcommand {
    private static final String STANDARD_INPUT = "-";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "explain",
                "Explains why a build failed.",
                "Reads cargo's output, as text or as JSON messages, and says in one paragraph what went wrong and how"
                        + " to fix it.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("The log; - for standard input.")
                .build());
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if the failure is known, 1 if only its first error can be shown, 65 if the log",
                        "contains no error.",
                        "",
                        "Example:",
                        "  cargo build --target x86_64-unknown-linux-musl 2>&1 | tee build.log; crossarm explain build.log");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        String name = invocation.parsed().matchedPositionalValue(0, STANDARD_INPUT);
        Diagnosis read = read(name, invocation)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.DATA,
                                "no-error",
                                "there is no error in " + (name.equals(STANDARD_INPUT) ? "the log" : name),
                                "cargo writes its messages to standard error: capture both, as in cargo build 2>&1 |"
                                        + " tee build.log")
                        .asException());
        Diagnosis diagnosis = here(read, invocation).with(invocation::pasted);
        int exit = diagnosis.failure().isPresent() ? ExitStatus.DONE.code() : ExitStatus.STEP_FAILED.code();
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(diagnosis, exit));
        } else {
            print(diagnosis, invocation.console().out());
        }
        return exit;
    }

    /** Settings that cannot be read are no reason not to explain. */
    private static Diagnosis here(Diagnosis diagnosis, Invocation invocation) {
        try {
            return invocation.provisioned().site().provisioned() ? diagnosis.onProvisioned() : diagnosis;
        } catch (CrossarmException badSettings) {
            return diagnosis;
        }
    }

    private static Optional<Diagnosis> read(String name, Invocation invocation) {
        if (name.equals(STANDARD_INPUT)) {
            try {
                return LogReader.read(invocation.console().in());
            } catch (IOException broken) {
                throw unreadable("standard input", broken);
            }
        }
        Path file = invocation.program().surroundings().directory().resolve(name);
        try (InputStream in = RegularFile.stream(file)) {
            return LogReader.read(in);
        } catch (IOException broken) {
            throw unreadable(file.toString(), broken);
        }
    }

    private static RuntimeException unreadable(String what, IOException error) {
        return Problem.of(ExitStatus.DATA, "log-unreadable", "cannot read " + what, "ls -l " + what)
                .withDetail(Unreadable.reason(error))
                .asException(error);
    }

    private static void print(Diagnosis diagnosis, PrintStream out) {
        diagnosis.failure().map(FailureClass::title).ifPresent(out::println);
        diagnosis.crate().ifPresent(crate -> out.println("  crate   " + crate));
        out.println("  line    " + diagnosis.lineNumber() + ": " + diagnosis.evidence());
        if (diagnosis.failure().isPresent()) {
            out.println();
            out.println(diagnosis.explanation());
            out.println();
            diagnosis.remedies().forEach(remedy -> out.println("-> " + remedy));
        } else {
            out.println();
            out.println("crossarm doesn't recognise this failure. The line above is the first error it found.");
        }
    }

    private static ObjectNode json(Diagnosis diagnosis, int exit) {
        ObjectNode json = JsonText.start();
        json.put("known", diagnosis.failure().isPresent());
        json.put("class", diagnosis.failure().map(FailureClass::id).orElse(null));
        json.put("title", diagnosis.failure().map(FailureClass::title).orElse(null));
        json.put("explanation", diagnosis.explanation());
        json.putPOJO("remedies", diagnosis.remedies());
        json.put("crate", diagnosis.crate().orElse(null));
        json.put("line", diagnosis.lineNumber());
        json.put("evidence", diagnosis.evidence());
        json.put("exit", exit);
        return json;
    }
}
