package dev.crossarm;

import dev.crossarm.cli.command.Site;
import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.RunEvent;
import dev.crossarm.plan.RunListener;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestGate;
import dev.crossarm.provision.proof.SelfTestSubject;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The self-test of a site, told to a display as if it were one more step. */
final class SelfTestRun {
    private final HostPorts host;
    private final Site site;
    private final String version;

    SelfTestRun(HostPorts host, Site site, String version) {
        this.host = host;
        this.site = site;
        this.version = version;
    }

    SelfTest.Result carryOut(boolean force, RunListener display) {
        SelfTestGate gate = SelfTestGate.alone(progress -> selfTest().run(force, progress));
        long start = System.nanoTime();
        display.on(new RunEvent.StepStarted(host.clock().instant(), gate.id(), gate.summary()));
        try {
            finished(display, start, gate.pass(progress(display)));
            return gate.result().orElseThrow();
        } catch (CrossarmException failed) {
            finished(display, start, new Outcome.Failed(failed.problem(), failed));
            throw failed;
        }
    }

    private void finished(RunListener display, long start, Outcome outcome) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        display.on(new RunEvent.StepFinished(host.clock().instant(), SelfTest.ID, outcome, elapsed));
    }

    private Progress progress(RunListener display) {
        return new Progress() {
            @Override
            public void line(String text) {
                display.on(new RunEvent.Output(host.clock().instant(), SelfTest.ID, text));
            }

            @Override
            public void waiting(String reason) {
                display.on(new RunEvent.Waiting(host.clock().instant(), SelfTest.ID, reason));
            }
        };
    }

    /** The test itself, untold to anybody. */
    SelfTest selfTest() {
        Target target = site.loaded().settings().target();
        Optional<String> user = site.layout().owner();
        Path home = user.flatMap(name -> new Accounts().byName(name))
                .map(Account::home)
                .orElse(host.surroundings().home());
        SelfTestSubject subject = new SelfTestSubject(
                CrossTools.of(target),
                site.loaded().settings().compiler().needsCpp(),
                site.environment(),
                site.layout(),
                site.facts(),
                user,
                home,
                version);
        return new SelfTest(subject, host.commands(), host.files(), host.receipts(site.layout()), host.clock());
    }
}
