package dev.crossarm.cli.command;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that several commands share. */
public final class Options {
    public static final String CONFIG = "--config";
    public static final String COLOUR = "--color";
    public static final String QUIET = "--quiet";
    public static final String VERBOSE = "--verbose";
    public static final String STACKTRACE = "--stacktrace";
    public static final String HELP = "--help";
    public static final String JSON = "--json";
    public static final String CPP = "--cpp";

    private Options() {}

    /** A command with the options that every command has. */
    public static CommandSpec command(String name, String... description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(description)
                .sortOptions(false)
                .sortSynopsis(false)
                .abbreviateSynopsis(true)
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%n");
        return spec;
    }

    /** What every command understands, under a heading of its own. */
    public static ArgGroupSpec general() {
        return ArgGroupSpec.builder()
                .heading("%nGeneral:%n")
                .validate(false)
                .multiplicity("0..1")
                .order(90)
                .addArg(text(CONFIG, "FILE", "Read this configuration file instead of the default ones.")
                        .type(Path.class)
                        .converters(value -> value)
                        .build())
                .addArg(OptionSpec.builder(COLOUR)
                        .type(String.class)
                        .paramLabel("WHEN")
                        .completionCandidates(List.of("auto", "always", "never"))
                        .description("Colours: auto, always or never.")
                        .build())
                .addArg(flag("Show only errors and warnings.", "-q", QUIET))
                .addArg(flag("Show every change, command and its output.", "-v", VERBOSE))
                .addArg(flag("Print the stack trace of an error.", STACKTRACE))
                .addArg(OptionSpec.builder("-h", HELP)
                        .usageHelp(true)
                        .description("Show this help.")
                        .build())
                .build();
    }

    /** Options for settings, as the key table describes them. */
    public static ArgGroupSpec settings(ConfigKey... keys) {
        return settings(List.of(keys));
    }

    /** Options for settings, as the key table describes them. */
    public static ArgGroupSpec settings(List<ConfigKey> keys) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .heading("%nSettings (see crossarm config show):%n")
                .validate(false)
                .multiplicity("0..1")
                .order(50);
        for (ConfigKey key : keys) {
            group.addArg(setting(key));
        }
        return group.build();
    }

    private static OptionSpec setting(ConfigKey key) {
        OptionSpec.Builder option = OptionSpec.builder(key.flag())
                .paramLabel(label(key.type()))
                .completionCandidates(key.type().choices())
                .description(escaped(key.description()), "Default: " + escaped(key.defaultDescription()) + ".");
        if (key.type().list()) {
            option.type(List.class).auxiliaryTypes(String.class).arity("1");
            if (key.type() == ValueType.COMPONENTS) {
                option.splitRegex(",");
            }
        } else {
            option.type(String.class);
        }
        return option.build();
    }

    private static String label(ValueType type) {
        return switch (type) {
            case PATH, PATHS -> "DIR";
            case ACCOUNT -> "ACCOUNT";
            case URL, WEB_ADDRESS -> "URL";
            case APP_ID -> "ID";
            case RATE -> "NUMBER";
            case COMPONENTS -> "NAME";
            case SCOPE, TARGET, COMPILER, CHANNEL, RUSTUP_SOURCE, DURATION, SIZE, FILE, COMMAND ->
                type.name().substring(type.name().lastIndexOf('_') + 1).toUpperCase(Locale.ROOT);
        };
    }

    /** Markdown's code marks mean nothing on a terminal, and a percent sign would be a format. */
    private static String escaped(String text) {
        return text.replace("`", "").replace("%", "%%");
    }

    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], java.util.Arrays.copyOfRange(names, 1, names.length))
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    public static OptionSpec.Builder text(String name, String label, String description) {
        return OptionSpec.builder(name).type(String.class).paramLabel(label).description(description);
    }

    public static OptionSpec words(String name, String label, String description, List<String> candidates) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .splitRegex(",")
                .paramLabel(label)
                .completionCandidates(candidates)
                .description(description)
                .build();
    }
}
