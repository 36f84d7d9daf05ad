package dev.crossarm.health;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign variables have a say in a build for the target, and who wins. The order in which the cc crate asks is that of
 * its source (cc-rs, src/lib.rs): {@code CC_<target>} with dashes, with underscores, {@code TARGET_CC}, {@code CC}. The crates
 * pkg-config and cmake ask in the same order, and bindgen without the third. That of cargo is in its reference: variables before
 * files; of flags {@code CARGO_ENCODED_RUSTFLAGS}, {@code RUSTFLAGS}, {@code target.*.rustflags}, {@code build.rustflags}, and
 * the first of these alone.
 */
final class ForeignVariables {

    private static final String NOT_ASKED = "no effect: crates use pkg-config for this machine only";

    private static final String MACHINES_LIBRARIES =
            "makes crates use pkg-config for this target, and they find this machine's libraries";

    /** What a variable does. */
    record Rule(Severity severity, String effect) {}

    private final Target target;
    private final JobEnvironment ours;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    ForeignVariables(Target target, JobEnvironment ours) {
        this.target = target;
        this.ours = ours;
        for (String name : ours.variables().keySet()) {
            String dashed = askedBefore(name);
            if (!dashed.isEmpty()) {
                rule(dashed, Severity.WARNING, "overrides Crossarm's: crates read the name with dashes first");
            }
        }
        for (String tool : List.of("CC", "CXX", "AR", "RANLIB")) {
            rule("TARGET_" + tool, Severity.NOTE, "Crossarm's wins for this target; other targets use it");
            rule("HOST_" + tool, Severity.NOTE, "Crossarm's wins; build scripts for this machine use it");
        }
        for (String flags : List.of("CFLAGS", "CXXFLAGS")) {
            String effect =
                    "both apply: since 1.2.15 the cc crate passes it to every compiler, for this machine and the"
                            + " target";
            rule(flags, Severity.WARNING, effect);
            rule("TARGET_" + flags, Severity.NOTE, "applies to every cross target, including this one");
            rule(flags + "_" + target.underscored(), Severity.NOTE, "applies to C compiled for this target");
            rule(flags + "_" + target.triple(), Severity.NOTE, "applies to C compiled for this target");
        }
        rule("CPPFLAGS", Severity.WARNING, "configure scripts use it, for this machine and the target");
        rule("LDFLAGS", Severity.WARNING, "configure scripts and CMake use it, for this machine and the target");
        rule("CROSS_COMPILE", Severity.NOTE, "Crossarm's wins: the cc crate reads it only after CC");
        rule(
                "RUSTUP_TOOLCHAIN",
                Severity.WARNING,
                "overrides the default toolchain and rust-toolchain.toml; that toolchain may not have the target");
        for (String path :
                List.of("CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH", "GCC_EXEC_PREFIX")) {
            rule(
                    path,
                    Severity.WARNING,
                    "applies to every gcc, so that builds for the target see this machine's headers or libraries");
        }
        for (String wrapper :
                List.of("RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER")) {
            rule(wrapper, Severity.NOTE, "cargo runs it for every crate, whatever the target");
        }
        for (String name : List.of("CMAKE_TOOLCHAIN_FILE", "BINDGEN_EXTRA_CLANG_ARGS")) {
            rule(
                    name,
                    Severity.NOTE,
                    isOurs(name + "_" + target.underscored())
                            ? "Crossarm's wins for the target; builds for this machine use it"
                            : "applies unless a more specific variable is set, for this target too");
        }
        packageConfig();
    }

    /** A kind of compiler with a folder of its own for pkg-config lets crates ask for the target; the others leave that off. */
    private void packageConfig() {
        String suffix = "_" + target.underscored();
        boolean asked = isOurs("PKG_CONFIG_ALLOW_CROSS" + suffix);
        rule(
                "PKG_CONFIG_PATH",
                asked ? Severity.WARNING : Severity.NOTE,
                asked
                        ? "applies to the target too, which then links this machine's libraries: unset it, and put"
                                + " folders for the target into PKG_CONFIG_PATH" + suffix
                        : NOT_ASKED);
        rule(
                "PKG_CONFIG_SYSROOT_DIR",
                Severity.WARNING,
                asked
                        ? "is prepended to every path that pkg-config prints for the target, where nothing is found"
                        : MACHINES_LIBRARIES);
        rule(
                "PKG_CONFIG_LIBDIR",
                Severity.NOTE,
                asked ? "Crossarm's wins for the target; pkg-config for this machine looks there" : NOT_ASKED);
        rule(
                "PKG_CONFIG",
                asked ? Severity.NOTE : Severity.WARNING,
                asked ? "crates run it for the target too, with Crossarm's folder" : MACHINES_LIBRARIES);
        for (String name : List.of("TARGET_PKG_CONFIG_PATH", "PKG_CONFIG_PATH" + suffix)) {
            rule(name, Severity.NOTE, "crates find libraries for the target there");
        }
        rule("PKG_CONFIG_PATH_" + target.triple(), Severity.NOTE, "crates find libraries for the target there");
    }

    /** Whether we set it. */
    boolean isOurs(String name) {
        return ours.variables().containsKey(name);
    }

    /** The name with dashes, for which crates ask before this one; empty when this one does not end in the target. */
    String askedBefore(String name) {
        String suffix = "_" + target.underscored();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length() + 1) + target.triple() : "";
    }

    /** Whether cargo itself reads it: from its own environment, and never from {@code [env]} in a configuration. */
    static boolean readByCargo(String name) {
        return name.startsWith("CARGO_")
                || List.of("RUSTFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER")
                        .contains(name);
    }

    /** Whether who sets it expects a build to use what it names: a compiler, a linker, or flags for rustc. */
    boolean expectedToBeUsed(String name) {
        return name.matches("((TARGET|HOST)_)?(CC|CXX)|(CC|CXX)_(" + target.triple() + "|" + target.underscored() + ")")
                || name.equals("CARGO_TARGET_" + target.screaming() + "_LINKER")
                || name.endsWith("RUSTFLAGS");
    }

    private void rule(String name, Severity severity, String effect) {
        rules.put(name, new Rule(severity, effect));
    }

    /**
     * Judges foreign variables.
     *
     * @param where where they are set, to follow "set"
     * @param remedy what takes one away, with {@code %s} for its name
     * @param oursIsLater whether our value of the same name comes after theirs there
     */
    List<Finding> judge(Map<String, String> variables, String where, String remedy, boolean oursIsLater) {
        List<Finding> findings = new ArrayList<>();
        variables.forEach((name, value) -> {
            Rule rule = value.isEmpty() ? null : rule(name, value, oursIsLater);
            if (rule != null) {
                findings.add(new Finding(
                        "variable-" + kebab(name),
                        rule.severity(),
                        name + " is set " + where + ": " + rule.effect(),
                        name + "=" + Shown.text(value),
                        rule.severity() == Severity.NOTE ? List.of() : List.of(String.format(remedy, name))));
            }
        });
        return findings;
    }

    /** What an entry of {@code [env]} in a cargo configuration does that takes effect. */
    Optional<Rule> ofConfig(String name, String value) {
        if (isOurs(name)) {
            return value.equals(ours.variables().get(name))
                    ? Optional.empty()
                    : Optional.of(new Rule(Severity.WARNING, "overrides Crossarm's: it has force = true"));
        }
        return value.isEmpty() ? Optional.empty() : Optional.ofNullable(rule(name, value, false));
    }

    private @Nullable Rule rule(String name, String value, boolean oursIsLater) {
        String ourValue = ours.variables().get(name);
        if (ourValue != null) {
            if (ourValue.equals(value)) {
                return null;
            }
            return new Rule(
                    oursIsLater ? Severity.NOTE : Severity.WARNING,
                    oursIsLater
                            ? "Crossarm's comes later and wins"
                            : "wins here; runners' jobs get Crossarm's, " + Shown.text(ourValue));
        }
        String screaming = "CARGO_TARGET_" + target.screaming();
        return switch (name) {
            case "CC", "CXX", "AR", "RANLIB" -> plainTool(name, value);
            case "RUSTFLAGS" ->
                RustFlags.judge(value.split("\\s+", -1))
                        .map(harm -> new Rule(harm.severity(), harm.effect()))
                        .orElse(new Rule(Severity.NOTE, "applies, and disables rustflags of every cargo config"));
            case "CARGO_ENCODED_RUSTFLAGS" ->
                RustFlags.judge(value.split("\u001f", -1))
                        .map(harm -> new Rule(harm.severity(), harm.effect()))
                        .orElse(new Rule(
                                Severity.NOTE, "applies, and disables RUSTFLAGS and cargo configs' rustflags"));
            case "CARGO_BUILD_TARGET" ->
                value.equals(target.triple())
                        ? new Rule(
                                Severity.NOTE,
                                "every cargo command builds for the target unless --target says otherwise")
                        : new Rule(
                                Severity.WARNING,
                                "every cargo command without --target builds for " + Shown.text(value));
            case "CRATE_CC_NO_DEFAULTS" ->
                List.of("0", "false", "no").contains(value)
                        ? null
                        : new Rule(
                                Severity.WARNING,
                                "removes -fPIC from every C compilation; static-pie programs then fail to link");
            case "PKG_CONFIG_ALLOW_CROSS" ->
                value.equals("0") || isOurs(name + "_" + target.underscored())
                        ? null
                        : new Rule(
                                Severity.WARNING,
                                "crates find this machine's libraries and link the wrong architecture");
            default ->
                name.equals(screaming + "_RUSTFLAGS") || name.equals("CARGO_BUILD_RUSTFLAGS")
                        ? RustFlags.judge(value.split("\\s+", -1))
                                .map(harm -> new Rule(harm.severity(), harm.effect()))
                                .orElse(new Rule(Severity.NOTE, "applies unless RUSTFLAGS is set"))
                        : rules.get(name);
        };
    }

    /** Theirs is asked for after ours, and for everything that has no variable of its own: what runs on this machine. */
    private Rule plainTool(String name, String value) {
        boolean foreign = value.contains(target.gnuPrefix()) || value.contains("musl");
        return foreign
                ? new Rule(
                        Severity.WARNING,
                        "Crossarm's wins for the target, but build scripts for this machine get a compiler for"
                                + " another: unset it and set " + name + "_" + target.underscored() + " instead")
                : new Rule(Severity.NOTE, "Crossarm's wins for the target; builds for this machine use it");
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }
}
