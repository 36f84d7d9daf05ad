package dev.crossarm.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.crossarm.text.Mask;
import dev.crossarm.text.MaskedJson;
import dev.crossarm.text.Quantity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * An event as one line of JSON. Written with the generator and not from beans: the journal is part of every run, and
 * what maps beans takes longer to load than everything else it does.
 */
final class JournalLine {
    static final int SCHEMA_VERSION = 1;

    private final JsonFactory factory = new JsonFactory();
    private final Mask mask;

    JournalLine(Mask mask) {
        this.mask = mask;
    }

    /** The line with its line feed; empty for an event that is not journalled. */
    String of(RunEvent event, String run) {
        if (event instanceof RunEvent.Output) {
            return "";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new MaskedJson(factory.createGenerator(text), mask)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("at", event.at().toString());
            json.writeStringField("run", run);
            write(event, json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(RunEvent event, JsonGenerator json) throws IOException {
        if (event instanceof RunEvent.RunStarted one) {
            json.writeStringField("event", "run-started");
            json.writeStringField("action", one.action());
            json.writeNumberField("steps", one.steps());
        } else if (event instanceof RunEvent.StepStarted one) {
            json.writeStringField("event", "step-started");
            json.writeStringField("step", one.step().value());
        } else if (event instanceof RunEvent.ChangeStarted one) {
            json.writeStringField("event", "change-started");
            change(one.step(), one.change(), json);
        } else if (event instanceof RunEvent.Waiting one) {
            json.writeStringField("event", "waiting");
            json.writeStringField("step", one.step().value());
            json.writeStringField("reason", one.reason());
        } else if (event instanceof RunEvent.ChangeFinished one) {
            json.writeStringField("event", "change-finished");
            change(one.step(), one.change(), json);
            seconds(one.elapsed(), json);
        } else if (event instanceof RunEvent.StepFinished one) {
            json.writeStringField("event", "step-finished");
            json.writeStringField("step", one.step().value());
            outcome(one.outcome(), json);
            seconds(one.elapsed(), json);
        } else if (event instanceof RunEvent.RunFinished one) {
            json.writeStringField("event", "run-finished");
            json.writeBooleanField("good", one.good());
            seconds(one.elapsed(), json);
        } else {
            throw new IllegalArgumentException("an event the journal does not know: " + event.getClass());
        }
    }

    private static void change(StepId step, Change change, JsonGenerator json) throws IOException {
        json.writeStringField("step", step.value());
        json.writeStringField("kind", change.kind().word());
        json.writeStringField("target", change.target());
        json.writeStringField("after", change.after().value());
    }

    private static void outcome(Outcome outcome, JsonGenerator json) throws IOException {
        json.writeStringField("outcome", outcome.word());
        if (outcome instanceof Outcome.Failed failed) {
            json.writeStringField("problem", failed.problem().code());
            json.writeStringField("because", failed.problem().summary());
            json.writeNumberField("exit", failed.problem().exit().code());
        } else if (outcome instanceof Outcome.Skipped skipped) {
            json.writeStringField("because", skipped.because());
        }
    }

    private static void seconds(Duration elapsed, JsonGenerator json) throws IOException {
        json.writeNumberField("seconds", Quantity.seconds(elapsed));
    }
}
