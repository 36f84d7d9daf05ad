package dev.crossarm.cli;

import dev.crossarm.text.BundledFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script that completes: {@code completion.sh} beside this class, with what the grammar holds. */
final class CompletionScript {
    private static final Map<String, String> OF_THE_PROJECT =
            Map.of("--package", "package", "--bin", "program", "--features", "feature");

    private final List<String> commands = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    private CompletionScript() {}

    static String of(CommandLine root, String version) {
        CompletionScript script = new CompletionScript();
        script.add("", root);
        return BundledFile.text(CompletionScript.class, "completion.sh")
                .replace("{version}", version)
                .replace("    # {commands}", String.join("\n", script.commands))
                .replace("    # {options}", String.join("\n", script.options))
                .replace("    # {values}", String.join("\n", script.values));
    }

    private void add(String name, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        String inner = String.join(" ", line.getSubcommands().keySet());
        if (!inner.isEmpty()) {
            commands.add("    '" + name + "') echo '" + inner + "' ;;");
        }
        options.add("    '" + name + "') echo '"
                + spec.options().stream().map(OptionSpec::longestName).collect(Collectors.joining(" ")) + "' ;;");
        for (OptionSpec option : spec.options()) {
            if (option.arity().max() > 0) {
                String names = List.of(option.names()).stream()
                        .map(one -> "'" + name + " " + one + "'")
                        .collect(Collectors.joining(" | "));
                values.add("    " + names + ") " + value(option) + " ;;");
            }
        }
        spec.positionalParameters().stream()
                .findFirst()
                .ifPresent(argument ->
                        values.add("    '" + name + " argument') " + argument(name, argument, line) + " ;;"));
        line.getSubcommands().forEach((word, command) -> add(name.isEmpty() ? word : name + " " + word, command));
    }

    private static String argument(String name, ArgSpec argument, CommandLine line) {
        if (name.equals("help")) {
            return "kind=one values='"
                    + String.join(" ", line.getParent().getSubcommands().keySet()) + "'";
        }
        return value(argument);
    }

    private static String value(ArgSpec argument) {
        String project = argument instanceof OptionSpec option ? OF_THE_PROJECT.get(option.longestName()) : null;
        String words = argument.completionCandidates() == null
                ? ""
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .collect(Collectors.joining(" "));
        String kind;
        if (project != null) {
            kind = project;
        } else if (argument.arity().min() == 0 && argument.isOption()) {
            kind = "optional";
        } else if (!words.isEmpty()) {
            kind = argument.splitRegex().isEmpty() ? "one" : "list";
        } else {
            kind = switch (argument.paramLabel()) {
                case "FILE", "PATH" -> "file";
                case "DIR" -> "folder";
                default -> "word";
            };
        }
        return "kind=" + kind + (words.isEmpty() ? "" : " values='" + words + "'");
    }
}
