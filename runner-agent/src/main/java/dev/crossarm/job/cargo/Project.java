package dev.crossarm.job.cargo;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The workspace as {@code cargo metadata --no-deps} describes it.
 *
 * @param root folder of the workspace, where {@code Cargo.lock} lies
 * @param targetDirectory where cargo builds unless told otherwise
 * @param members all its packages
 * @param defaults ids of those that are built when none is named
 */
public record Project(Path root, Path targetDirectory, List<Member> members, Set<String> defaults) {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** A member takes about 5 KiB. */
    private static final int LONGEST = 64 * 1024 * 1024;

    /**
     * A package of the workspace.
     *
     * @param id cargo's own, opaque
     * @param manifest its {@code Cargo.toml}
     * @param crateTypes of everything it builds but tests, examples and build scripts
     * @param programs names of the programs that it has whatever features are chosen
     */
    public record Member(
            String id, String name, String version, Path manifest, List<String> crateTypes, List<String> programs) {}

    /**
     * Asks cargo, without the network.
     *
     * @throws dev.crossarm.problem.CrossarmException with cargo's own words when it refuses
     */
    public static Project read(BuildHost host, Map<String, String> variables, Path directory, String cargo) {
        // Not --locked: cargo asks for no lock file here, and the build itself says what is wrong with it.
        Command command = Command.of(
                        cargo, "metadata", "--no-deps", "--format-version", "1", "--offline", "--color", "never")
                .withEnvironment(variables)
                .in(directory)
                .within(DEADLINE)
                .keeping(LONGEST);
        CommandResult result = host.commands().run(command);
        if (!result.succeeded()) {
            throw refused(result, directory).asException();
        }
        try {
            return of(JsonTree.parse(result.out().whole()));
        } catch (IOException unexpected) {
            throw new Problem(
                            "cargo-metadata",
                            "the output of cargo metadata cannot be read",
                            command.shown() + "\n" + unexpected.getMessage(),
                            List.of(command.shown()),
                            ExitStatus.DATA)
                    .asException(unexpected);
        }
    }

    private static Problem refused(CommandResult result, Path directory) {
        String said = result.err().tail().strip();
        if (said.contains("could not find `Cargo.toml`")) {
            return new Problem(
                    "no-project",
                    "there is no Cargo.toml in " + directory + " or above it",
                    "",
                    List.of("Name the project's folder: crossarm build --directory DIR"),
                    ExitStatus.DATA);
        }
        return new Problem(
                "cargo-refuses",
                "cargo cannot read this project",
                said.isEmpty() ? result.command().shown() + "\nended with status " + result.exit() : said,
                List.of("cargo metadata --no-deps --format-version 1"),
                ExitStatus.DATA);
    }

    private static Project of(JsonTree metadata) {
        List<Member> members = new ArrayList<>();
        for (JsonTree one : metadata.at("packages").items()) {
            List<String> types = new ArrayList<>();
            List<String> programs = new ArrayList<>();
            for (JsonTree target : one.at("targets").items()) {
                String kind = target.at("kind").items().stream()
                        .findFirst()
                        .map(JsonTree::text)
                        .orElse("");
                if (!Set.of("custom-build", "test", "bench", "example").contains(kind)) {
                    target.at("crate_types").items().forEach(type -> types.add(type.text()));
                }
                if (kind.equals("bin") && target.at("required-features").items().isEmpty()) {
                    programs.add(target.at("name").text());
                }
            }
            members.add(new Member(
                    one.at("id").text(),
                    one.at("name").text(),
                    one.at("version").text(),
                    Path.of(one.at("manifest_path").text()),
                    List.copyOf(types),
                    List.copyOf(programs)));
        }
        Set<String> defaults = new HashSet<>();
        metadata.at("workspace_default_members").items().forEach(id -> defaults.add(id.text()));
        return new Project(
                Path.of(metadata.at("workspace_root").text()),
                Path.of(metadata.at("target_directory").text()),
                List.copyOf(members),
                Set.copyOf(defaults));
    }

    public boolean has(String id) {
        return members.stream().anyMatch(member -> member.id().equals(id));
    }

    /** What cargo builds for this choice when run in this folder; package specs other than names are left to cargo. */
    public List<Member> selected(CargoChoice choice, Path directory) {
        if (choice.workspace()) {
            return members;
        }
        if (!choice.packages().isEmpty()) {
            return members.stream()
                    .filter(member -> choice.packages().contains(member.name()))
                    .toList();
        }
        for (Path at = directory; at != null && !at.equals(root); at = at.getParent()) {
            Path manifest = at.resolve("Cargo.toml");
            List<Member> here = members.stream()
                    .filter(member -> member.manifest().equals(manifest))
                    .toList();
            if (!here.isEmpty()) {
                return here;
            }
        }
        return members.stream().filter(member -> defaults.contains(member.id())).toList();
    }
}
