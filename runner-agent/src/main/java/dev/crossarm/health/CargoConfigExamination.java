package dev.crossarm.health;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.provision.compiler.CargoSetting;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Settings in cargo's configuration files, from the working directory upward and in CARGO_HOME, and who wins. */
final class CargoConfigExamination implements Examination {
    static final String ID = "cargo-config";

    private final Path directory;
    private final Path cargoHome;
    private final Target target;
    private final Map<String, String> ours;
    private final ForeignVariables overrides;
    private final Map<String, String> set;
    private final boolean build;

    CargoConfigExamination(DoctorSubject subject) {
        this(
                subject.surroundings().directory(),
                subject.layout().cargoHome(),
                subject.target(),
                subject.environment(),
                subject.environment().variables(),
                false);
    }

    private CargoConfigExamination(
            Path directory,
            Path cargoHome,
            Target target,
            JobEnvironment ours,
            Map<String, String> set,
            boolean build) {
        this.directory = directory;
        this.cargoHome = cargoHome;
        this.target = target;
        this.ours = ours.variables();
        this.overrides = new ForeignVariables(target, ours);
        this.set = set;
        this.build = build;
    }

    /** What has a say in a build that sees exactly these variables, ours among them. */
    static CargoConfigExamination ofBuild(
            Path directory, Path cargoHome, Target target, JobEnvironment ours, Map<String, String> set) {
        return new CargoConfigExamination(directory, cargoHome, target, ours, set, true);
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        each((setting, finding) -> findings.add(finding));
        return findings.isEmpty() ? List.of(Finding.ok(ID, "no cargo configuration affects the target")) : findings;
    }

    /** Each setting that cargo takes and that there is something to say of. */
    void each(BiConsumer<CargoSetting, Finding> taker) {
        List<CargoSetting> taken = taken(CargoSetting.inForce(directory, cargoHome, target));
        ConfigVariables variables = new ConfigVariables(overrides, set, taken);
        for (CargoSetting setting : taken) {
            List<Finding> findings = new ArrayList<>();
            setting.variable()
                    .ifPresentOrElse(
                            name -> variables.judge(setting, name).ifPresent(findings::add),
                            () -> judge(setting, findings));
            findings.forEach(finding -> taker.accept(setting, finding));
        }
    }

    /** Whether who made this setting expects a build to use what it names. */
    boolean expectedToBeUsed(CargoSetting setting) {
        return setting.key().endsWith(".linker")
                || setting.variable().filter(overrides::expectedToBeUsed).isPresent();
    }

    /** The nearest file decides, but lists such as rustflags are joined. */
    private static List<CargoSetting> taken(List<CargoSetting> all) {
        Set<String> seen = new HashSet<>();
        return all.stream()
                .filter(setting -> setting.broken() || setting.key().endsWith("rustflags") || seen.add(setting.key()))
                .toList();
    }

    private void judge(CargoSetting setting, List<Finding> findings) {
        String value = Shown.text(setting.value());
        String at = setting.key() + " in " + setting.file();
        if (setting.broken()) {
            findings.add(Finding.error(
                    ID,
                    "cargo refuses to work: " + setting.file() + " is not a valid configuration",
                    value,
                    "Correct that file, or move it away"));
        } else if (setting.key().equals("build.target")) {
            boolean same = setting.value().equals(target.triple());
            findings.add(new Finding(
                    ID,
                    same ? Severity.NOTE : Severity.WARNING,
                    at + ": every cargo command without --target builds for it",
                    value + "; --target and CARGO_BUILD_TARGET override it",
                    same ? List.of() : List.of("cargo build --target " + target.triple())));
        } else if (setting.key().endsWith("rustflags")) {
            findings.add(RustFlags.judge(setting.value().split("\\s+", -1))
                    .map(harm -> new Finding(
                            ID,
                            harm.severity(),
                            at + ": " + harm.effect(),
                            value + "; RUSTFLAGS, if set, overrides it",
                            List.of("Remove that flag from " + setting.file())))
                    .orElse(Finding.note(ID, at + " applies unless RUSTFLAGS is set", value)));
        } else if (setting.key().endsWith(".linker") || setting.key().endsWith(".runner")) {
            program(setting, at, value, findings);
        } else {
            findings.add(Finding.note(ID, at + " applies to every build", value));
        }
    }

    /** In a job our variable is asked before any file; by hand the files decide, the nearest one first. */
    private void program(CargoSetting setting, String at, String value, List<Finding> findings) {
        String kind = setting.key().endsWith(".linker") ? "LINKER" : "RUNNER";
        String variable = "CARGO_TARGET_" + target.screaming() + "_" + kind;
        String our = ours.get(variable);
        if (setting.value().equals(our)) {
            return;
        }
        String winner = at + " applies";
        if (our != null) {
            winner = at + ": "
                    + (build
                            ? "Crossarm's wins, through " + variable
                            : "Crossarm's wins in jobs, this one if " + variable + " is not set");
        }
        String both = our == null ? value : value + "; Crossarm's is " + our;
        if (kind.equals("LINKER") && value.contains("musl-gcc")) {
            findings.add(Finding.warning(
                    ID,
                    winner + "; musl-gcc must not link Rust programs",
                    both
                            + "\nIts specs ignore -static-pie on many systems; the program then asks for an interpreter and crashes.",
                    "Remove that line from " + setting.file()));
        } else {
            findings.add(Finding.note(ID, winner, both));
        }
    }
}
