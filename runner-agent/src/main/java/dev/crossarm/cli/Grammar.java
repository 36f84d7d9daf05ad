package dev.crossarm.cli;

import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.job.BuildCommand;
import dev.crossarm.cli.job.CacheCommand;
import dev.crossarm.cli.job.EnvCommand;
import dev.crossarm.cli.job.ExplainCommand;
import dev.crossarm.cli.job.InspectCommand;
import dev.crossarm.cli.provision.CheckCommand;
import dev.crossarm.cli.provision.DoctorCommand;
import dev.crossarm.cli.provision.ProvisionCommand;
import dev.crossarm.cli.provision.SelfTestCommand;
import dev.crossarm.cli.runner.DrainCommand;
import dev.crossarm.cli.runner.RunnerEnvCommand;
import dev.crossarm.cli.runner.RunnerInstallCommand;
import dev.crossarm.cli.runner.RunnerRegisterCommand;
import dev.crossarm.cli.runner.RunnerRemoveCommand;
import dev.crossarm.cli.runner.RunnerStatusCommand;
import dev.crossarm.cli.runner.RunnerUpdateCommand;
import dev.crossarm.cli.runner.SuperviseCommand;
import dev.crossarm.cli.runner.UndrainCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All commands as one tree, or as much of it as one command line needs. Made by hand and not from annotations, because
 * reflection would cost more than most commands do; and where a command is named first, without the others, which cost more
 * than its parsing.
 */
final class Grammar {
    /** Words that only hold commands, and what their help says; a command below one is named with it. */
    private static final Map<String, String> GROUPS =
            Map.of("config", "Shows the configuration.", "runner", "Installs and registers runners, and keeps them.");

    private static final Set<String> TELL_OF_ALL = Set.of("completion", "help");

    /** In the order of the help. */
    private static final Map<String, Supplier<Subcommand>> COMMANDS = commands();

    private final Map<CommandSpec, Subcommand> subcommands = new LinkedHashMap<>();
    private final CommandLine commandLine;

    /** The whole tree. */
    Grammar(String version) {
        this(version, List.of());
    }

    /** @param words the command line, of which the first may name a command */
    Grammar(String version, List<String> words) {
        CommandSpec root = Options.command(
                "crossarm", "Sets up an ARM64 Linux machine to build static x86-64 Rust programs (musl).");
        root.addArgGroup(Options.general());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        root.version("crossarm " + version);
        root.usageMessage()
                .footer(
                        "Examples:",
                        "  crossarm provision --dry-run     show the plan, change nothing",
                        "  sudo crossarm provision          set up this machine",
                        "  crossarm check                   check that it is still set up",
                        "  crossarm <command> --help        everything about one command");
        String first = words.isEmpty() || TELL_OF_ALL.contains(words.get(0)) ? "" : words.get(0);
        boolean named =
                COMMANDS.keySet().stream().anyMatch(name -> firstWord(name).equals(first));
        COMMANDS.forEach((name, command) -> {
            if (!named || firstWord(name).equals(first)) {
                add(name.contains(" ") ? group(root, firstWord(name)) : root, command.get());
            }
        });
        if (first.equals(RehearseCommand.NAME)) { // in no help, no completion and no suggestion
            add(root, new RehearseCommand());
        }
        if (first.equals("runner")
                && words.size() > 1
                && words.get(1).equals(SuperviseCommand.NAME)) { // for units alone
            add(group(root, first), new SuperviseCommand());
        }
        commandLine = new CommandLine(root);
        commandLine.setAbbreviatedOptionsAllowed(false);
        // A file name that begins with @ is a file name.
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpWidth(100);
        commandLine.setUsageHelpLongOptionsMaxWidth(30);
    }

    private static Map<String, Supplier<Subcommand>> commands() {
        Map<String, Supplier<Subcommand>> commands = new LinkedHashMap<>();
        commands.put("provision", ProvisionCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("env", EnvCommand::new);
        commands.put("self-test", SelfTestCommand::new);
        commands.put("build", BuildCommand::new);
        commands.put("cache", CacheCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("runner register", RunnerRegisterCommand::new);
        commands.put("runner env", RunnerEnvCommand::new);
        commands.put("runner status", RunnerStatusCommand::new);
        commands.put("runner remove", RunnerRemoveCommand::new);
        commands.put("drain", DrainCommand::new);
        commands.put("undrain", UndrainCommand::new);
        commands.put("config show", ConfigShowCommand::new);
        commands.put("runner install", RunnerInstallCommand::new);
        commands.put("runner update", RunnerUpdateCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", HelpCommand::new);
        commands.put("version", VersionCommand::new);
        return commands;
    }

    private static String firstWord(String name) {
        return name.split(" ", 2)[0];
    }

    private static CommandSpec group(CommandSpec root, String name) {
        CommandLine there = root.subcommands().get(name);
        if (there != null) {
            return there.getCommandSpec();
        }
        CommandSpec group = Options.command(name, GROUPS.getOrDefault(name, ""));
        group.addArgGroup(Options.general());
        group.usageMessage().optionListHeading("");
        root.addSubcommand(name, group);
        return group;
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
