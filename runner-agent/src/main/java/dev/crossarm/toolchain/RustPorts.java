package dev.crossarm.toolchain;

import dev.crossarm.host.CommandRunner;
import dev.crossarm.host.HostFiles;
import dev.crossarm.host.Sleeper;
import dev.crossarm.plan.ReceiptStore;

/** The ways in which the Rust steps reach the host. */
public record RustPorts(HostFiles files, CommandRunner commands, ReceiptStore receipts, Sleeper sleeper) {}
