package dev.crossarm.job.prepare;

import dev.crossarm.job.request.CpuLevel;
import dev.crossarm.provision.compiler.CargoSetting;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Adds {@code -C target-cpu} where cargo takes its flags from, so that the project's own stay in force: cargo uses the first
 * of CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS, the target's rustflags and the build's (cargo reference, {@code build.rustflags}).
 * With {@code --target}, as here, none of them reaches build scripts and macros, which run on this machine.
 */
public final class CpuFlags {

    private CpuFlags() {}

    /**
     * Puts the level into the variables or, where files decide, into cargo's options.
     *
     * @param variables changed in place
     * @return options for cargo
     */
    public static List<String> apply(
            CpuLevel level, Map<String, String> variables, Path directory, Path cargoHome, Target target) {
        String flag = "target-cpu=" + level.word();
        String encoded = variables.getOrDefault("CARGO_ENCODED_RUSTFLAGS", "");
        if (!encoded.isEmpty()) {
            variables.put("CARGO_ENCODED_RUSTFLAGS", encoded + "\u001f-C\u001f" + flag);
            return List.of();
        }
        String ofTarget = "CARGO_TARGET_" + target.screaming() + "_RUSTFLAGS";
        for (String name : List.of("RUSTFLAGS", ofTarget)) {
            String given = variables.getOrDefault(name, "");
            if (!given.isBlank()) {
                variables.put(name, given + " -C " + flag);
                return List.of();
            }
        }
        List<CargoSetting> files = CargoSetting.inForce(directory, cargoHome, target);
        boolean targets = files.stream()
                .anyMatch(setting ->
                        setting.key().startsWith("target.") && setting.key().endsWith(".rustflags"));
        boolean builds = !variables.getOrDefault("CARGO_BUILD_RUSTFLAGS", "").isBlank()
                || files.stream().anyMatch(setting -> setting.key().equals("build.rustflags"));
        String key = !targets && builds ? "build.rustflags" : "target." + target.triple() + ".rustflags";
        return List.of("--config", key + "=[\"-C\",\"" + flag + "\"]");
    }
}
