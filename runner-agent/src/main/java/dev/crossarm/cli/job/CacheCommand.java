package dev.crossarm.cli.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.cli.display.Question;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.host.FileProblems;
import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import dev.crossarm.text.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm cache}: what the build cache holds, and emptying it. */
public final class CacheCommand implements Subcommand {
    private static final String CLEAR = "--clear";
    private static final String YES = "--yes";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "cache",
                "Shows the build cache of this account, and empties it.",
                "Lists the target directories that crossarm build keeps between jobs: size, last use, workspace.");
        spec.addOption(Options.flag("Remove them, but for those that a build is using.", CLEAR));
        spec.addOption(Options.flag("Do not ask before removing.", "-y", YES));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(ConfigKey.BUILD_CACHE_DIRECTORY, ConfigKey.BUILD_CACHE_LIMIT));
        spec.usageMessage()
                .footer(
                        "Examples:",
                        "  crossarm cache                           show what is there",
                        "  crossarm cache --clear                   ask, then remove it",
                        "  sudo -u runner crossarm cache --clear    the same for the account that runs jobs");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Loaded loaded = invocation.load();
        BuildCache cache = invocation
                .program()
                .site(loaded)
                .cache(BuildOptions.cacheRoot(loaded), BuildOptions.cacheLimit(loaded));
        List<BuildCache.Entry> entries = cache.entries();
        if (invocation.has(CLEAR)) {
            return clear(invocation, cache, entries);
        }
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(cache, entries, ExitStatus.DONE));
        } else {
            text(cache, entries).forEach(invocation.console().out()::println);
        }
        return ExitStatus.DONE.code();
    }

    private static int clear(Invocation invocation, BuildCache cache, List<BuildCache.Entry> entries) {
        refuseOthers(cache.root(), invocation.program().surroundings().root());
        if (!entries.isEmpty() && !invocation.has(YES)) {
            if (!invocation.console().inTerminal() || !invocation.console().errTerminal()) {
                throw Problem.of(
                                ExitStatus.USAGE,
                                "no-terminal",
                                "cannot ask for confirmation: this is not a terminal, and --yes is not given",
                                "crossarm cache --clear --yes",
                                "See what would be removed: crossarm cache")
                        .asException();
            }
            if (!invocation.has(Options.JSON)) {
                text(cache, entries).forEach(invocation.console().err()::println);
            }
            if (!new Question(invocation.console()).agreed("Remove all of it?", "crossarm cache --clear")) {
                invocation.messages().say("Nothing was removed.");
                return ExitStatus.DECLINED.code();
            }
        }
        List<BuildCache.Entry> kept = new ArrayList<>();
        long freed = 0;
        for (BuildCache.Entry entry : entries) {
            if (cache.remove(entry)) {
                freed += entry.bytes();
            } else {
                kept.add(entry);
                invocation.messages().warn(entry.folder() + " is in use and was kept");
            }
        }
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(cache, kept, ExitStatus.DONE).put("freedBytes", freed));
        } else {
            invocation.console().out().println("removed " + Quantity.size(freed) + " from " + cache.root());
        }
        return ExitStatus.DONE.code();
    }

    /** What lies below a folder of another account can be changed by it at any time: root removes nothing there. */
    private static void refuseOthers(Path root, boolean asRoot) {
        if (!asRoot || !Files.exists(root)) {
            return;
        }
        try {
            String owner = Files.getOwner(root).getName();
            if (!owner.equals("root")) {
                throw Problem.of(
                                ExitStatus.NO_PERMISSION,
                                "cache-of-another",
                                root + " belongs to " + owner,
                                "sudo -u " + owner + " crossarm cache --clear --cache-directory "
                                        + FileProblems.quoted(root))
                        .asException();
            }
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", root, unreadable);
        }
    }

    private static List<String> text(BuildCache cache, List<BuildCache.Entry> entries) {
        List<String> lines = new ArrayList<>();
        if (entries.isEmpty()) {
            lines.add("The build cache is empty: " + cache.root());
            return lines;
        }
        lines.add(String.format(Locale.ROOT, "%9s  %-16s  %s", "SIZE", "LAST USED (UTC)", "FOLDER"));
        for (BuildCache.Entry entry : entries) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%9s  %-16s  %s%s",
                    Quantity.size(entry.bytes()),
                    entry.used().map(CacheCommand::time).orElse("-"),
                    Printable.marked(entry.folder().toString()),
                    entry.user().map(user -> "  in use: " + user).orElse("")));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%9s  of %s (build.cache-limit)",
                Quantity.size(sum(entries)),
                Quantity.size(cache.limit())));
        return lines;
    }

    private static String time(Instant used) {
        return TIME.format(used.atZone(ZoneOffset.UTC));
    }

    private static long sum(List<BuildCache.Entry> entries) {
        return entries.stream().mapToLong(BuildCache.Entry::bytes).sum();
    }

    private static ObjectNode json(BuildCache cache, List<BuildCache.Entry> entries, ExitStatus exit) {
        ObjectNode json = JsonText.start();
        json.put("folder", cache.root().toString());
        json.put("limitBytes", cache.limit());
        json.put("bytes", sum(entries));
        ArrayNode slots = json.putArray("slots");
        for (BuildCache.Entry entry : entries) {
            ObjectNode slot = slots.addObject();
            slot.put("folder", entry.folder().toString());
            slot.put("bytes", entry.bytes());
            entry.used().ifPresent(used -> slot.put("lastUsed", used.toString()));
            slot.put("workspace", entry.workspace());
            slot.put("inUse", entry.user().isPresent());
        }
        json.put("exit", exit.code());
        return json;
    }
}
