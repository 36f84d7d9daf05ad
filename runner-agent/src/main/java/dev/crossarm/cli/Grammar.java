package dev.crossarm.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands as one tree. Made by hand and not from annotations, because reflection would cost more than most commands do. */
final class Grammar {
    private final Map<CommandSpec, Subcommand> subcommands = new LinkedHashMap<>();
    private final CommandLine commandLine;

    Grammar(String version) {
        CommandSpec root = Options.command(
                "crossarm",
                "Makes an ARM64 Linux machine build Rust programs for x86-64, statically linked with musl.");
        root.addArgGroup(Options.general());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        root.version("crossarm " + version);
        root.usageMessage()
                .footer(
                        "Examples:",
                        "  crossarm provision --dry-run     show what would be done, change nothing",
                        "  sudo crossarm provision          make this machine ready",
                        "  crossarm check                   say whether it still is",
                        "  crossarm <command> --help        everything about one command");
        add(root, new ProvisionCommand());
        add(root, new CheckCommand());
        add(root, new DoctorCommand());
        add(root, new EnvCommand());
        add(root, new SelfTestCommand());
        add(root, new BuildCommand());
        add(root, new InspectCommand());
        add(root, new ExplainCommand());
        CommandSpec config = Options.command("config", "Shows the configuration.");
        config.addArgGroup(Options.general());
        add(config, new ConfigShowCommand());
        config.usageMessage().optionListHeading("");
        root.addSubcommand("config", config);
        add(root, new CompletionCommand());
        commandLine = new CommandLine(root);
        commandLine.setAbbreviatedOptionsAllowed(false);
        // A file name that begins with @ is a file name.
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpWidth(100);
        commandLine.setUsageHelpLongOptionsMaxWidth(30);
    }

    private void add(CommandSpec parent, Subcommand subcommand) {
        CommandSpec spec = subcommand.spec();
        spec.addArgGroup(Options.general());
        parent.addSubcommand(spec.name(), spec);
        subcommands.put(spec, subcommand);
    }

    CommandLine commandLine() {
        return commandLine;
    }

    /** Who carries out this command; nobody for one that only holds others. */
    @Nullable
    Subcommand subcommand(CommandSpec spec) {
        return subcommands.get(spec);
    }

    /** For tests and completion: the names of all commands. */
    List<String> names() {
        return List.copyOf(commandLine.getSubcommands().keySet());
    }
}
