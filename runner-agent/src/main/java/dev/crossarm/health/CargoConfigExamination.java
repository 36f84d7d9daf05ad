package dev.crossarm.health;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.toolchain.CargoSetting;
import dev.crossarm.toolchain.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings in cargo's configuration files, from the working directory upward and in CARGO_HOME, and who wins. */
final class CargoConfigExamination implements Examination {
    private final Path directory;
    private final Path cargoHome;
    private final Target target;
    private final JobEnvironment environment;
    private final Map<String, String> ours;

    CargoConfigExamination(DoctorSubject subject) {
        this(subject.surroundings().directory(), subject.layout().cargoHome(), subject.target(), subject.environment());
    }

    CargoConfigExamination(Path directory, Path cargoHome, Target target, JobEnvironment environment) {
        this.directory = directory;
        this.cargoHome = cargoHome;
        this.target = target;
        this.environment = environment;
        this.ours = environment.variables();
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (CargoSetting setting : CargoSetting.inForce(directory, cargoHome, target)) {
            judge(setting, findings);
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("cargo-config", "no file has a say in how the target is built"))
                : findings;
    }

    /** What may turn a build into another one: what is wrong, and who wins where another linker or C compiler is named. */
    List<Finding> conflicts() {
        List<Finding> conflicts = new ArrayList<>();
        for (CargoSetting setting : CargoSetting.inForce(directory, cargoHome, target)) {
            List<Finding> findings = new ArrayList<>();
            judge(setting, findings);
            findings.stream()
                    .filter(finding -> namesCompiler(setting)
                            || finding.severity() == Severity.WARNING
                            || finding.severity() == Severity.ERROR)
                    .forEach(conflicts::add);
        }
        return conflicts;
    }

    private static boolean namesCompiler(CargoSetting setting) {
        return setting.key().endsWith(".linker")
                || setting.variable()
                        .filter(name -> name.matches("(?:TARGET_)?(?:CC|CXX|AR)(?:_.*)?|CARGO_TARGET_.*_LINKER"))
                        .isPresent();
    }

    private void judge(CargoSetting setting, List<Finding> findings) {
        String value = Shown.text(setting.value());
        String at = setting.key() + " in " + setting.file();
        if (setting.broken()) {
            findings.add(Finding.error(
                    "cargo-config",
                    "cargo refuses to work: " + setting.file() + " is no configuration",
                    value,
                    "Mend or move that file"));
        } else if (setting.key().equals("build.target")) {
            boolean same = setting.value().equals(target.triple());
            findings.add(new Finding(
                    "cargo-config",
                    same ? Severity.NOTE : Severity.WARNING,
                    at + ": every cargo command without --target builds for it",
                    value + "; --target and CARGO_BUILD_TARGET win over it",
                    same ? List.of() : List.of("cargo build --target " + target.triple())));
        } else if (setting.key().endsWith("rustflags")) {
            findings.add(RustFlags.judge(setting.value().split("\\s+", -1))
                    .map(harm -> new Finding(
                            "cargo-config",
                            harm.severity(),
                            at + ": " + harm.effect(),
                            value + "; RUSTFLAGS, when set, wins over it",
                            List.of("Take that flag out of " + setting.file())))
                    .orElse(Finding.note("cargo-config", at + " applies unless RUSTFLAGS is set", value)));
        } else if (setting.key().endsWith(".linker") || setting.key().endsWith(".runner")) {
            program(setting, at, value, findings);
        } else if (setting.variable().isPresent()) {
            variable(setting, setting.variable().get(), at, value, findings);
        } else {
            findings.add(Finding.note("cargo-config", at + " applies to every build", value));
        }
    }

    /** Cargo sets it for build scripts and for rustc, where it is not set already or where it is forced (cargo reference, env). */
    private void variable(CargoSetting setting, String name, String at, String value, List<Finding> findings) {
        String our = ours.get(name);
        if (our == null) {
            new Overrides(target, environment)
                    .effect(name, setting.value())
                    .map(effect -> new Finding(
                            "cargo-config",
                            effect.severity(),
                            at + ": " + effect.text(),
                            value,
                            effect.severity() == Severity.NOTE
                                    ? List.of()
                                    : List.of("Take that line out of " + setting.file())))
                    .ifPresent(findings::add);
        } else if (setting.forced() && !setting.value().equals(our)) {
            findings.add(Finding.warning(
                    "cargo-config",
                    at + " wins over ours: it is forced",
                    value + "; ours is " + Shown.text(our),
                    "Take force = true away in " + setting.file()));
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
        if (our != null) {
            findings.add(Finding.note(
                    "cargo-config",
                    at + ": ours wins in jobs, this one wherever " + variable + " is not set",
                    value + "; ours is " + our));
        } else {
            findings.add(Finding.note("cargo-config", at + " applies", value));
        }
        if (kind.equals("LINKER") && value.contains("musl-gcc")) {
            findings.add(Finding.warning(
                    "cargo-config",
                    at + ": musl-gcc must not link Rust programs",
                    "Its specs ignore -static-pie on many systems; the program then asks for an interpreter and crashes.",
                    "Take that line out of " + setting.file()));
        }
    }
}
