package dev.crossarm.health;

import dev.crossarm.provision.compiler.CargoSetting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables that a cargo configuration sets for build scripts and rustc ({@code [env]}), judged like any other. Cargo takes
 * an entry where no variable of its name is set, be it an empty one, or where the entry is forced (cargo, {@code
 * GlobalContext::env_config}).
 */
final class ConfigVariables {
    /** Cargo ends with an error when it finds one of these. */
    private static final Set<String> REFUSED = Set.of("CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN");

    private final ForeignVariables overrides;
    private final Map<String, String> set;
    private final Set<String> inForce;

    /**
     * @param set the variables cargo is run with
     * @param settings those cargo takes, of each name one
     */
    ConfigVariables(ForeignVariables overrides, Map<String, String> set, List<CargoSetting> settings) {
        this.overrides = overrides;
        this.set = set;
        this.inForce = new HashSet<>(set.keySet());
        settings.forEach(setting -> setting.variable().ifPresent(inForce::add));
    }

    /**
     * Empty when it has no say in the target.
     *
     * @param name of the variable that the setting sets
     */
    Optional<Finding> judge(CargoSetting setting, String name) {
        String at = setting.key() + " in " + setting.file();
        String value = Shown.text(setting.value());
        if (REFUSED.contains(name)) {
            return Optional.of(Finding.error(
                    CargoConfigExamination.ID,
                    "cargo refuses to work: it does not allow " + at,
                    value,
                    "Remove that line from " + setting.file()));
        }
        if (!setting.forced() && set.containsKey(name)) {
            return Optional.empty();
        }
        Optional<ForeignVariables.Rule> rule = overrides.ofConfig(name, setting.value());
        if (rule.isPresent() && ForeignVariables.readByCargo(name)) {
            return Optional.of(Finding.note(
                    CargoConfigExamination.ID,
                    at + " has no effect: cargo reads it only from its own environment",
                    value));
        }
        String dashed = overrides.askedBefore(name);
        if (rule.isPresent() && inForce.contains(dashed)) {
            return Optional.of(Finding.note(
                    CargoConfigExamination.ID, at + ": " + dashed + " wins, because crates read it first", value));
        }
        return rule.map(effect -> new Finding(
                CargoConfigExamination.ID,
                effect.severity(),
                at + ": " + effect.effect(),
                value + (setting.forced() ? "" : "; " + name + " wins if it is set"),
                effect.severity() == Severity.NOTE
                        ? List.of()
                        : List.of(
                                overrides.isOurs(name)
                                        ? "Remove force = true in " + setting.file()
                                        : "Remove that line from " + setting.file())));
    }
}
