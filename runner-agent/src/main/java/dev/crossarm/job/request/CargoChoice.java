package dev.crossarm.job.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What cargo is to build, in its own words.
 *
 * @param packages {@code --package}, any number
 * @param bins {@code --bin}, any number
 * @param workspace {@code --workspace}
 * @param profile {@code --profile}; {@code dev} and {@code release} among them
 * @param features {@code --features}, any number
 * @param allFeatures {@code --all-features}
 * @param noDefaultFeatures {@code --no-default-features}
 * @param locked {@code --locked}
 * @param offline {@code --offline}
 * @param frozen {@code --frozen}
 * @param toolchain rustup's name of the toolchain; absent for the one that the project or rustup choose
 * @param arguments what stood after {@code --}: handed to cargo as it is
 */
public record CargoChoice(
        List<String> packages,
        List<String> bins,
        boolean workspace,
        String profile,
        List<String> features,
        boolean allFeatures,
        boolean noDefaultFeatures,
        boolean locked,
        boolean offline,
        boolean frozen,
        Optional<String> toolchain,
        List<String> arguments) {

    /** Options of cargo with which it builds no programs unless they are named too. */
    private static final Set<String> OTHER_TARGETS =
            Set.of("--lib", "--tests", "--test", "--benches", "--bench", "--examples", "--example", "--unit-graph");

    public CargoChoice {
        packages = List.copyOf(packages);
        bins = List.copyOf(bins);
        features = List.copyOf(features);
        arguments = List.copyOf(arguments);
    }

    /** Whether the network is not to be used. */
    public boolean withoutNetwork() {
        return offline || frozen;
    }

    /** Whether programs were named, or are among what is built when nothing is named. */
    public boolean asksForPrograms() {
        Set<String> words = new HashSet<>(arguments);
        boolean named = !bins.isEmpty()
                || words.contains("--bin")
                || arguments.stream().anyMatch(one -> one.startsWith("--bin="));
        return named
                || words.contains("--bins")
                || (Collections.disjoint(words, OTHER_TARGETS)
                        && arguments.stream().noneMatch(one -> one.matches("--(test|bench|example)=.*")));
    }

    /** The folder of the profile below {@code target/<triple>/} (cargo's reference, "Build Cache"). */
    public String profileFolder() {
        return switch (profile) {
            case "dev", "test" -> "debug";
            case "release", "bench" -> "release";
            default -> profile;
        };
    }

    /** Packages and features as options; cargo's build, test and tree all take them. */
    public List<String> selection() {
        List<String> line = new ArrayList<>();
        packages.forEach(name -> line.addAll(List.of("--package", name)));
        if (workspace) {
            line.add("--workspace");
        }
        features.forEach(list -> line.addAll(List.of("--features", list)));
        if (allFeatures) {
            line.add("--all-features");
        }
        if (noDefaultFeatures) {
            line.add("--no-default-features");
        }
        line.addAll(resolution());
        return line;
    }

    /** How dependencies are resolved, as options. */
    List<String> resolution() {
        List<String> line = new ArrayList<>();
        if (locked) {
            line.add("--locked");
        }
        if (offline) {
            line.add("--offline");
        }
        if (frozen) {
            line.add("--frozen");
        }
        return line;
    }

    /** What {@code cargo build} gets, but for the target. */
    public List<String> options() {
        List<String> line = new ArrayList<>(testOptions());
        bins.forEach(name -> line.addAll(List.of("--bin", name)));
        return line;
    }

    /** What {@code cargo test} gets: no programs, as those would leave out the tests of the library beside them. */
    public List<String> testOptions() {
        List<String> line = new ArrayList<>(selection());
        if (profile.equals("release")) {
            line.add("--release");
        } else if (!profile.equals("dev")) {
            line.addAll(List.of("--profile", profile));
        }
        return line;
    }
}
