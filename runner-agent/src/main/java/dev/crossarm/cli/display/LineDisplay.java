package dev.crossarm.cli.display;

import dev.crossarm.plan.RunEvent;
import java.util.HashMap;
import java.util.Map;

/** Shows a run as one line a step when it ends, and one whenever something new is waited for. For logs and pipes. */
public final class LineDisplay implements RunDisplay {
    private final Voice voice;
    private final Map<Object, String> waits = new HashMap<>();

    public LineDisplay(Voice voice) {
        this.voice = voice;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Waiting waiting) {
            if (!waiting.reason().equals(waits.put(waiting.step(), waiting.reason()))) {
                voice.say(StepLine.line(
                        "waiting",
                        Paint.WARNING,
                        waiting.step(),
                        StepLine.printable(waiting.reason()),
                        voice.colours()));
            }
        } else if (event instanceof RunEvent.StepFinished finished) {
            voice.say(StepLine.finished(finished.step(), finished.outcome(), finished.elapsed(), voice.colours()));
        } else if (voice.verbose()) {
            detail(event);
        }
    }

    private void detail(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            voice.say(StepLine.line("begins", Paint.FAINT, started.step(), started.summary(), voice.colours()));
        } else if (event instanceof RunEvent.ChangeStarted change) {
            voice.say(StepLine.line(
                    "change", Paint.FAINT, change.step(), change.change().summary(), voice.colours()));
        } else if (event instanceof RunEvent.Output output) {
            voice.say(StepLine.line(
                    "output", Paint.FAINT, output.step(), StepLine.printable(output.line()), voice.colours()));
        }
    }

    @Override
    public void close() {}
}
