package dev.crossarm.health;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The host that is examined, and the ports to it.
 *
 * @param surroundings what the process was started with
 * @param facts the machine
 * @param loaded effective settings and where they came from
 * @param layout where everything lies
 * @param environment what a job gets
 * @param target what is built for
 * @param steps the steps whose drift is looked for; may throw
 * @param runners finds the runners; may throw
 * @param selfTest whose standing evidence is looked at; nothing is run
 * @param commands for reading what only a program tells
 * @param root {@code /} but for tests
 */
public record DoctorSubject(
        Surroundings surroundings,
        HostFacts facts,
        Loaded loaded,
        Layout layout,
        JobEnvironment environment,
        Target target,
        Supplier<StepGraph> steps,
        Supplier<FoundRunners> runners,
        SelfTest selfTest,
        CommandRunner commands,
        Path root) {

    Settings settings() {
        return loaded.settings();
    }
}
