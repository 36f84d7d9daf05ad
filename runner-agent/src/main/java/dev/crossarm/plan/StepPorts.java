package dev.crossarm.plan;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandRunner;

/** The ways in which steps reach the host. */
public record StepPorts(HostFiles files, CommandRunner commands, ReceiptStore receipts, Sleeper sleeper) {}
