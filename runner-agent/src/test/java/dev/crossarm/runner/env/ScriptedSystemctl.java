package dev.crossarm.runner.env;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Stands in for systemctl and systemd-run, which need a running systemd: answers in the form they print, and can be told to fail. The
 * real ones are met in the emulated server's test.
 */
final class ScriptedSystemctl implements CommandRunner {
    /** Unit name to what {@code show} prints of it. */
    final Map<String, Map<String, String>> units = new TreeMap<>();

    final List<String> ran = new ArrayList<>();
    private String failing = "\0";
    private Runnable onRestart = () -> {};

    ScriptedSystemctl unit(String name, String directory, String user, String state) {
        units.put(
                name,
                new TreeMap<>(Map.of(
                        "Id", name,
                        "WorkingDirectory", directory,
                        "User", user,
                        "ActiveState", state,
                        "LoadState", "loaded")));
        return this;
    }

    /** What {@code show} tells of a unit besides. */
    ScriptedSystemctl property(String name, String property, String value) {
        Objects.requireNonNull(units.get(name)).put(property, value);
        return this;
    }

    /** Commands whose line holds this text end with status 1. */
    ScriptedSystemctl failAt(String text) {
        failing = text;
        return this;
    }

    ScriptedSystemctl onRestart(Runnable action) {
        onRestart = action;
        return this;
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        String line = String.join(" ", command.argv());
        ran.add(line);
        if (line.contains(failing)) {
            return result(command, 1, "", "Failed: scripted");
        }
        List<String> words = command.argv();
        if (words.get(0).equals("systemd-run")) {
            String unit = words.stream()
                    .filter(word -> word.startsWith("--unit="))
                    .map(word -> word.substring("--unit=".length()))
                    .findFirst()
                    .orElseThrow();
            unit(unit + ".service", "/", "", "active");
            return result(command, 0, "", "");
        }
        return switch (words.get(1)) {
            case "list-units" -> result(command, 0, listed(), "");
            case "show" -> result(command, 0, shown(words.subList(words.indexOf("--") + 1, words.size())), "");
            case "restart" -> {
                onRestart.run();
                yield result(command, 0, "", "");
            }
            default -> throw new AssertionError("not scripted: " + line);
        };
    }

    private String listed() {
        StringBuilder text = new StringBuilder();
        units.forEach((name, properties) -> {
            if (name.startsWith("actions.runner.")) {
                text.append(name)
                        .append(" loaded ")
                        .append(properties.get("ActiveState"))
                        .append(" running GitHub runner\n");
            }
        });
        return text.toString();
    }

    private String shown(List<String> names) {
        List<String> paragraphs = new ArrayList<>();
        for (String name : names) {
            Map<String, String> properties =
                    units.getOrDefault(name, Map.of("Id", name, "ActiveState", "inactive", "LoadState", "not-found"));
            StringBuilder text = new StringBuilder();
            properties.forEach(
                    (key, value) -> text.append(key).append('=').append(value).append('\n'));
            paragraphs.add(text.toString());
        }
        return String.join("\n", paragraphs);
    }

    private static CommandResult result(Command command, int exit, String out, String err) {
        return CommandResult.of(command, exit, out, err);
    }
}
