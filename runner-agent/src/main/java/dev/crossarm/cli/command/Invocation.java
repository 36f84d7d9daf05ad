package dev.crossarm.cli.command;

import dev.crossarm.cli.display.Console;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.host.process.Command;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Compiler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line, parsed: what its subcommand has to go by.
 *
 * @param parsed the parser's result of the subcommand
 * @param console streams
 * @param messages what is said on the way
 * @param outColours whether results may have colours
 * @param program everything outside
 */
public record Invocation(ParseResult parsed, Console console, Messages messages, boolean outColours, Program program) {

    private static final String DIRECTORY = "--directory";

    /** Options that are not repeated: the settings, which are added elsewhere, and what changes only how things are shown. */
    private static final Set<String> GENERAL = Stream.concat(
                    Arrays.stream(ConfigKey.values()).map(ConfigKey::flag),
                    Stream.of(Options.CPP, Options.CONFIG, Options.COLOUR, Options.STACKTRACE))
            .collect(Collectors.toUnmodifiableSet());

    public boolean has(String option) {
        return parsed.commandSpec().findOption(option) != null && parsed.matchedOptionValue(option, Boolean.FALSE);
    }

    public Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null));
    }

    public List<String> values(String option) {
        return parsed.matchedOptionValue(option, List.<String>of());
    }

    /** The settings, from the options of this command line and everything else; warnings are given at once. */
    public Loaded load() {
        return load(Map.of());
    }

    private Loaded load(Map<ConfigKey, List<String>> more) {
        Loaded loaded = silently(more);
        messages.write(program.commands().with(loaded));
        loaded.warnings().forEach(messages::warn);
        return loaded;
    }

    /** The settings as if these options had been given, in place of those that were. */
    private Loaded silently(Map<ConfigKey, List<String>> more) {
        Map<ConfigKey, List<String>> flags = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            OptionSpec option = parsed.commandSpec().findOption(key.flag());
            if (option != null && parsed.hasMatchedOption(option)) {
                flags.put(
                        key,
                        key.type().list()
                                ? values(key.flag())
                                : value(key.flag()).stream().toList());
            }
        }
        flags.putAll(more);
        if (has(Options.CPP)) {
            List<String> cpp = List.of(Compiler.CPP.word());
            List<String> named = flags.put(ConfigKey.COMPILER, cpp);
            if (named != null && !named.equals(cpp)) {
                throw Problem.of(
                                ExitStatus.USAGE,
                                "usage",
                                Options.CPP + " is short for " + ConfigKey.COMPILER.flag()
                                        + " cpp and cannot be combined with another kind",
                                "crossarm provision --help")
                        .asException();
            }
        }
        return program.load(flags, value(Options.CONFIG).map(Path::of));
    }

    /** A text with the commands of this program as they have to be pasted. */
    public String pasted(String text) {
        return messages.commands().apply(text);
    }

    /** This command as it was typed, settings aside, which are added where it is shown. */
    public String again() {
        return again(false);
    }

    /** @param fromElsewhere whether it has to mean the same in another working directory */
    private String again(boolean fromElsewhere) {
        StringBuilder line = new StringBuilder(parsed.commandSpec().qualifiedName());
        for (OptionSpec option : parsed.matchedOptionsSet()) {
            String name = option.longestName();
            if (!option.hidden() && !GENERAL.contains(name) && !(fromElsewhere && name.equals(DIRECTORY))) {
                for (String value : option.originalStringValues()) {
                    boolean alone = option.arity().max() == 0 || value.isEmpty();
                    line.append(' ').append(name).append(alone ? "" : "=" + Command.word(value));
                }
            }
        }
        if (fromElsewhere && parsed.commandSpec().findOption(DIRECTORY) != null) {
            Path here = program.surroundings().directory();
            Path named = value(DIRECTORY).map(here::resolve).orElse(here).normalize();
            line.append(' ').append(DIRECTORY).append('=').append(Command.word(named.toString()));
        }
        List<String> words = parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .map(Command::word)
                .toList();
        return words.isEmpty() ? line.toString() : line + " -- " + String.join(" ", words);
    }

    /** The machine as these settings see it. */
    public Site site() {
        return program.site(load());
    }

    /** The machine as it was provisioned: see {@link #provisioned(Loaded)}. */
    public ProvisionedScope provisioned() {
        return provisioned(load());
    }

    /** The machine in the scope that is provisioned, which is named when it is not the account's own. */
    public ProvisionedScope provisioned(Loaded loaded) {
        ProvisionedScope found = ProvisionedScope.find(
                again(false),
                again(true),
                loaded,
                program,
                scope -> silently(Map.of(ConfigKey.SCOPE, List.of(scope.name().toLowerCase(Locale.ROOT)))));
        messages.write(program.commands().with(found.site().loaded()));
        if (found.switched() && program.surroundings().root()) {
            messages.say("Using what --scope user provisioned; nothing is provisioned in system scope.");
        }
        return found;
    }
}
