package dev.crossarm.runner.life;

import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Patience;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerRecords;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the life of runners needs of the machine, and of GitHub.
 *
 * @param github a place of GitHub with the credential that is set; throws where none is
 * @param patience waits for a call's turn
 * @param environment the environment sections of runners
 * @param accounts takes away accounts
 * @param architecture as {@code uname -m} prints it
 * @param proven triples for which the self-test's evidence stands
 * @param found every runner of this machine
 */
public record LifePorts(
        RunnerHome home,
        RunnerRecords records,
        HostFiles files,
        ReceiptStore receipts,
        CommandRunner commands,
        Function<GitHubAddress, GitHubAccess> github,
        Patience patience,
        LifeServices services,
        LocalTruth truth,
        EnvironmentSections environment,
        JobAccountRemoval accounts,
        InstantSource clock,
        Sleeper sleeper,
        String architecture,
        Supplier<List<String>> proven,
        Supplier<FoundRunners> found) {}
