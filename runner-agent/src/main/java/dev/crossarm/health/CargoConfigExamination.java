package dev.crossarm.health;

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
    private final Map<String, String> ours;

    CargoConfigExamination(DoctorSubject subject) {
        this(
                subject.surroundings().directory(),
                subject.layout().cargoHome(),
                subject.target(),
                subject.environment().variables());
    }

    CargoConfigExamination(Path directory, Path cargoHome, Target target, Map<String, String> ours) {
        this.directory = directory;
        this.cargoHome = cargoHome;
        this.target = target;
        this.ours = ours;
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
        } else if (setting.key().startsWith("env.")) {
            String name = setting.key().substring("env.".length());
            if (ours.containsKey(name) && !setting.value().equals(ours.get(name))) {
                findings.add(Finding.warning(
                        "cargo-config",
                        at + " wins over ours: it is forced",
                        value + "; ours is " + Shown.text(ours.getOrDefault(name, "")),
                        "Take force = true away in " + setting.file()));
            }
        } else {
            findings.add(Finding.note("cargo-config", at + " applies to every build", value));
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
