package dev.crossarm.provision.compiler;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.provision.rust.RustPlace;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables with which a job builds for a target. All but the homes and one carry the target's name, so that nothing
 * else a job builds is touched; {@code CONFIG_SITE} names a file that does nothing for other targets. Left out on purpose, because they change other builds too: {@code CC}, {@code TARGET_CC},
 * {@code RUSTFLAGS}, {@code CARGO_BUILD_TARGET}, {@code PKG_CONFIG_ALLOW_CROSS}. The last one without a target would
 * let crates link libraries of the host's architecture; with the target's name, and a folder of its own to look in,
 * they find what is there for the target, else build their bundled C.
 *
 * <p>Which variable the cc crate prefers: {@code CC_<target>} with underscores is asked before {@code TARGET_CC},
 * {@code CC} and the linker's name (cc-rs, src/lib.rs). What cargo reads: cargo reference, environment variables.
 */
public final class CrossEnvironment {

    private CrossEnvironment() {}

    /** The environment for this target with the distribution's tools at their usual place. */
    public static JobEnvironment of(
            Target target, CompilerKind compiler, Layout layout, HostFacts host, Settings settings) {
        return of(CrossTools.of(target), compiler, layout, host, settings);
    }

    /** The environment for these tools' target. */
    public static JobEnvironment of(
            CrossTools tools, CompilerKind compiler, Layout layout, HostFacts host, Settings settings) {
        Target target = tools.target();
        Map<String, String> variables = new LinkedHashMap<>();
        CompilerPlace place = CompilerPlace.of(compiler, tools, new RustPlace(layout, settings, host));
        place.variables().forEach((name, value) -> variables.put(name + "_" + target.underscored(), value));
        String cargo = "CARGO_TARGET_" + target.screaming();
        variables.put(cargo + "_LINKER", place.linker().toString());
        if (!host.architecture().equals(target.architecture())) {
            variables.put(cargo + "_RUNNER", tools.emulator(host).toString());
        }
        if (compiler.needsSysroot()) {
            variables.put("CONFIG_SITE", place.configureSite().toString());
        }
        variables.put("RUSTUP_HOME", layout.rustupHome().toString());
        variables.put("CARGO_HOME", layout.cargoHome().toString());
        settings.rustupDistServer().ifPresent(server -> variables.put("RUSTUP_DIST_SERVER", server));
        settings.rustupUpdateRoot().ifPresent(root -> variables.put("RUSTUP_UPDATE_ROOT", root));
        return new JobEnvironment(variables, List.of(layout.bin(), layout.cargoBin()));
    }
}
