package dev.crossarm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Setting;
import dev.crossarm.problem.ExitStatus;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm config show}: every setting, its value and where it came from. */
final class ConfigShowCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("show", "Prints every setting, its value and where it came from.");
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(ConfigKey.values()));
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Loaded loaded = invocation.load();
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(loaded));
        } else {
            invocation.console().out().print(text(loaded));
        }
        return ExitStatus.DONE.code();
    }

    private static String text(Loaded loaded) {
        int key = 3;
        int value = 5;
        for (Setting setting : loaded.table().values()) {
            key = Math.max(key, setting.key().key().length());
            value = Math.max(value, shown(setting).length());
        }
        String format = "%-" + key + "s  %-" + Math.min(value, 60) + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, format, "KEY", "VALUE", "FROM"));
        for (Setting setting : loaded.table().values()) {
            text.append(String.format(Locale.ROOT, format, setting.key().key(), shown(setting), setting.origin()));
        }
        return text.toString();
    }

    private static String shown(Setting setting) {
        return setting.values().isEmpty() ? "-" : String.join(", ", setting.shown());
    }

    private static ObjectNode json(Loaded loaded) {
        ObjectNode json = JsonText.start();
        ObjectNode settings = json.putObject("settings");
        for (Setting setting : loaded.table().values()) {
            ObjectNode one = settings.putObject(setting.key().key());
            if (setting.key().type().list()) {
                setting.shown().forEach(one.putArray("value")::add);
            } else if (setting.values().isEmpty()) {
                one.putNull("value");
            } else {
                one.put("value", setting.shown().get(0));
            }
            one.put("from", setting.origin().kind().name().toLowerCase(Locale.ROOT));
            one.put("place", setting.origin().place());
        }
        return json;
    }
}
