package dev.crossarm.cli.display;

import dev.crossarm.plan.RunEvent;
import java.util.HashMap;
import java.util.Map;

/** Shows a run as one line a step when it ends, and one whenever something new is waited for. For logs and pipes. */
public final class LineDisplay implements RunDisplay {
    private final Messages messages;
    private final Map<Object, String> waits = new HashMap<>();

    public LineDisplay(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Waiting waiting) {
            if (!waiting.reason().equals(waits.put(waiting.step(), waiting.reason()))) {
                messages.say(StepLine.line(
                        "waiting",
                        Paint.WARNING,
                        waiting.step(),
                        StepLine.printable(waiting.reason()),
                        messages.colours()));
            }
        } else if (event instanceof RunEvent.StepFinished finished) {
            messages.say(
                    StepLine.finished(finished.step(), finished.outcome(), finished.elapsed(), messages.colours()));
        } else if (messages.verbose()) {
            detail(event);
        }
    }

    private void detail(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            messages.say(StepLine.line("begins", Paint.FAINT, started.step(), started.summary(), messages.colours()));
        } else if (event instanceof RunEvent.ChangeStarted change) {
            messages.say(StepLine.line(
                    "change", Paint.FAINT, change.step(), change.change().summary(), messages.colours()));
        } else if (event instanceof RunEvent.Output output) {
            messages.say(StepLine.line(
                    "output", Paint.FAINT, output.step(), StepLine.printable(output.line()), messages.colours()));
        }
    }

    @Override
    public void close() {}
}
