package dev.crossarm;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Settings;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.runner.env.RunnerFinder;
import dev.crossarm.runner.env.RunnerPlaces;
import dev.crossarm.text.Mask;
import dev.crossarm.text.SecretRegister;
import java.time.InstantSource;

/**
 * The adapters to this host that everything shares.
 *
 * @param surroundings what the process was started with
 * @param commands runs children
 * @param files writes files
 * @param clock tells the time
 * @param sleeper waits
 * @param secrets what is hidden in everything shown; who comes to know a secret adds it
 * @param mask hides those, and what the environment names as secret: the one for the console and for everything kept
 */
record HostPorts(
        Surroundings surroundings,
        ProcessCommandRunner commands,
        DurableFiles files,
        InstantSource clock,
        Sleeper sleeper,
        SecretRegister secrets,
        Mask mask) {

    static HostPorts of(Surroundings surroundings) {
        SecretRegister secrets = new SecretRegister();
        return new HostPorts(
                surroundings,
                new ProcessCommandRunner(surroundings, secrets),
                new DurableFiles(Checkpoint.NONE),
                InstantSource.system(),
                duration -> Thread.sleep(duration.toMillis()),
                secrets,
                Mask.of(surroundings.environment()).watching(secrets));
    }

    ReceiptStore receipts(Layout layout) {
        return new ReceiptStore(files, layout.receipts());
    }

    RunnerFinder runners(Settings settings) {
        return new RunnerFinder(
                settings.runners(),
                new ReceiptStore(files, Layout.receipts(settings.stateDirectory())),
                commands,
                RunnerPlaces.OF_THIS_HOST);
    }
}
