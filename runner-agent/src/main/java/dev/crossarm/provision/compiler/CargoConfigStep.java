package dev.crossarm.provision.compiler;

import dev.crossarm.config.Layout;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * Cargo called by hand links for the target too: the linker stands in {@code config.toml} of a CARGO_HOME of ours. A
 * CARGO_HOME of the user's is left alone, there the environment does it.
 */
public final class CargoConfigStep implements Step {
    public static final StepId ID = StepId.of("cargo-config");

    private static final List<String> ORIGINS = List.of("config", "config.toml");
    private static final List<String> CREDENTIALS = List.of("credentials.toml", "credentials");

    private enum Repairing implements Fix {
        /** Writes the linker, and what is carried over, into the file. */
        WRITE,
        /** Takes the file away, or our block out of it. */
        TAKE_OUT
    }

    private final CompilerPlace place;
    private final Layout layout;
    private final Path userCargoHome;
    private final HostFiles files;

    /**
     * @param place names what cargo links with
     * @param userCargoHome the job user's own {@code ~/.cargo}, whose configuration a home of ours hides
     */
    public CargoConfigStep(CompilerPlace place, Path userCargoHome, HostFiles files) {
        this.place = place;
        this.layout = place.layout();
        this.userCargoHome = userCargoHome;
        this.files = files;
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "cargo's linker for " + triple();
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(StepId.of("rustup"));
    }

    private String triple() {
        return place.tools().target().triple();
    }

    private Path file() {
        return layout.cargoHome().resolve("config.toml");
    }

    @Override
    public Observation check() {
        if (!layout.ownRustHomes()) {
            return Observation.Satisfied.of(
                    file() + " is the user's own and is not changed", "the environment names the linker");
        }
        try {
            CargoConfigText text = text();
            Optional<String> found = read(file());
            Optional<String> wanted = wanted(text, found);
            if (wanted.equals(found)) {
                return satisfied(text, found.orElse(""));
            }
            Fingerprint before = found.map(Fingerprint::of).orElse(Fingerprint.ABSENT);
            Fingerprint after = Fingerprint.of(wanted.orElseThrow());
            String subject = file().toString();
            return new Observation.Drifted(List.of(Repair.of(
                    new Difference(
                            subject, found.isEmpty() ? "missing" : "different", "cargo's configuration for the target"),
                    Change.of(Change.Kind.WRITE_FILE, subject, "write the linker into " + subject)
                            .withFingerprints(before, after),
                    Repairing.WRITE)));
        } catch (CrossarmException failure) {
            return failure.problem().exit() == ExitStatus.NO_PERMISSION && Files.isReadable(file())
                    ? Observation.Satisfied.of(file() + " is there; whether it carries over all of " + userCargoHome
                            + " cannot be told by this account")
                    : new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = new Inputs().whole(file());
        Stream.of(ORIGINS, CREDENTIALS)
                .flatMap(List::stream)
                .map(userCargoHome::resolve)
                .forEach(inputs::whole);
        return Optional.of(inputs);
    }

    private Observation satisfied(CargoConfigText text, String found) {
        List<String> evidence = new ArrayList<>();
        evidence.add(
                CargoConfigText.isOurs(found) || CargoConfigText.hasBlock(found)
                        ? file() + " links with " + place.linker()
                        : file() + " names another linker; in jobs the environment's wins: " + place.linker());
        if (!text.carried().tables().isEmpty()) {
            evidence.add("copied from " + text.origin() + ": "
                    + String.join(", ", text.carried().tables().keySet()));
        }
        evidence.addAll(credentials(text));
        return new Observation.Satisfied(evidence);
    }

    /** Credentials are the job's business: cargo takes them from variables. */
    private List<String> credentials(CargoConfigText text) {
        List<String> notes = new ArrayList<>();
        if (!text.carried().leftOut().isEmpty()) {
            notes.add("not copied from " + text.origin() + ", because it contains credentials: "
                    + String.join(", ", text.carried().leftOut())
                    + " (give jobs CARGO_REGISTRIES_<NAME>_TOKEN or CARGO_HTTP_PROXY)");
        }
        for (String name : CREDENTIALS) {
            Path credentials = userCargoHome.resolve(name);
            if (Files.exists(credentials)) {
                notes.add("not copied: " + credentials + " (give jobs CARGO_REGISTRIES_<NAME>_TOKEN)");
            }
        }
        return notes;
    }

    /** The content that should be there; what is there already when it must be left alone. */
    private Optional<String> wanted(CargoConfigText text, Optional<String> found) {
        if (found.isEmpty() || CargoConfigText.isOurs(found.get())) {
            return Optional.of(text.whole());
        }
        String foreign = CargoConfigText.withoutBlock(found.get());
        parse(file(), foreign);
        if (text.namesLinker(foreign)) {
            return Optional.of(foreign);
        }
        return Optional.of(text.splicedInto(foreign)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.CONFIGURATION,
                                "cargo-config-unspliceable",
                                "the linker cannot be added to " + file() + " without rewriting what is there",
                                "Add it by hand, in the table of target." + triple() + ": linker = \"" + place.linker()
                                        + "\"",
                                "Or move the file away and run the same command again: mv " + file() + " " + file()
                                        + ".old")
                        .asException()));
    }

    private CargoConfigText text() {
        for (String name : ORIGINS) {
            Path origin = userCargoHome.resolve(name);
            Optional<String> content = userCargoHome.equals(layout.cargoHome()) ? Optional.empty() : read(origin);
            if (content.isPresent()) {
                Path base = Optional.ofNullable(userCargoHome.getParent()).orElse(userCargoHome);
                CarriedCargoConfig carried = CarriedCargoConfig.of(parse(origin, content.get()), base);
                return new CargoConfigText(triple(), place.linker(), carried, origin);
            }
        }
        return new CargoConfigText(triple(), place.linker(), CarriedCargoConfig.NOTHING, userCargoHome);
    }

    private Optional<String> read(Path path) {
        return files.read(path).map(bytes -> {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException notText) {
                throw broken(path, "it is not UTF-8").asException(notText);
            }
        });
    }

    private static TomlParseResult parse(Path path, String content) {
        TomlParseResult result = Toml.parse(content);
        if (result.hasErrors()) {
            // The parser's own words may quote the line, and the line may hold a token: the position has to do.
            throw broken(path, "at " + result.errors().get(0).position()).asException();
        }
        return result;
    }

    private static Problem broken(Path path, String detail) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "cargo-config-broken",
                        path + " is not valid TOML, so cargo cannot read it either",
                        "Correct it, or move it away: mv " + path + " " + path + ".broken")
                .withDetail(detail);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Optional<String> found = read(file());
        if (fix == Repairing.TAKE_OUT) {
            found.ifPresent(this::takeAway);
            return;
        }
        CargoConfigText text = text();
        credentials(text).forEach(progress::line);
        Ownership readable = Ownership.mode("rw-r--r--").of(layout.owner());
        files.createDirectories(layout.cargoHome(), Ownership.mode("rwxr-xr-x").of(layout.owner()));
        boolean ours = found.map(CargoConfigText::isOurs).orElse(true);
        write(wanted(text, found).orElseThrow(), ours ? readable : FileState.ownership(file()));
    }

    private void takeAway(String content) {
        if (CargoConfigText.isOurs(content)) {
            files.delete(file());
        } else if (CargoConfigText.hasBlock(content)) {
            write(CargoConfigText.withoutBlock(content), FileState.ownership(file()));
        }
    }

    private void write(String content, Ownership ownership) {
        files.write(file(), content.getBytes(StandardCharsets.UTF_8), ownership);
    }

    @Override
    public List<Repair> planRemoval() {
        if (!layout.ownRustHomes()) {
            return List.of();
        }
        Optional<String> found = read(file());
        boolean ours = found.map(CargoConfigText::isOurs).orElse(false);
        boolean block = found.map(CargoConfigText::hasBlock).orElse(false);
        return ours || block
                ? List.of(Repair.of(
                        Change.of(
                                Change.Kind.DELETE,
                                file().toString(),
                                ours ? "remove " + file() : "remove Crossarm's block from " + file()),
                        Repairing.TAKE_OUT))
                : List.of();
    }
}
