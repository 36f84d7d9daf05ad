package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Site;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Plan;
import dev.crossarm.text.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What somebody wants to know of a plan before agreeing to it: what it costs, how it is undone, what of their own it changes. */
final class PlanFacts {
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Invocation invocation;
    private final ProvisionOptions options;
    private final Site site;

    PlanFacts(Invocation invocation, ProvisionOptions options, Site site) {
        this.invocation = invocation;
        this.options = options;
        this.site = site;
    }

    /** A line each; none for a plan that changes nothing. */
    List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        if (!plan.changes().isEmpty()) {
            List<String> folders = usersFolders(plan);
            if (!folders.isEmpty()) {
                lines.add("Folders of your own that change: " + String.join(", ", folders));
            }
            if (!options.remove()) {
                lines.add(cost(plan.cost()) + " To undo everything: " + invocation.pasted(options.undoing()));
            }
        }
        return lines;
    }

    private static String cost(Cost cost) {
        return "Download: " + (cost.download() == 0 ? "nothing" : "about " + Quantity.about(cost.download()))
                + ". Disk: " + (cost.disk() == 0 ? "less than 1 MB" : "about " + Quantity.about(cost.disk()))
                + ". Time: "
                + (cost.time().compareTo(SHORT) < 0 ? "a few seconds" : "about " + Quantity.about(cost.time())) + ".";
    }

    /** In an account's own scope, what is neither our prefix nor our state. */
    private List<String> usersFolders(Plan plan) {
        if (site.loaded().settings().scope() != Scope.USER) {
            return List.of();
        }
        Layout layout = site.layout();
        TreeSet<Path> folders = plan.changes().stream()
                .filter(change -> change.place()
                        .filter(place -> !place.startsWith(layout.prefix()) && !place.startsWith(layout.state()))
                        .isPresent())
                .map(PlanFacts::folder)
                .collect(Collectors.toCollection(TreeSet::new));
        return folders.stream()
                .filter(folder ->
                        folders.stream().noneMatch(other -> !other.equals(folder) && folder.startsWith(other)))
                .map(this::brief)
                .toList();
    }

    private static Path folder(Change change) {
        Path place = change.place().orElseThrow();
        Path parent = place.getParent();
        boolean itself = change.folder().isPresent() || change.kind() == Change.Kind.MAKE_DIRECTORY;
        return itself || parent == null ? place : parent;
    }

    private String brief(Path folder) {
        Path home = invocation.program().surroundings().home();
        return folder.startsWith(home) && !folder.equals(home) ? "~/" + home.relativize(folder) : folder.toString();
    }
}
