package dev.crossarm.provision;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings as they are when nobody sets anything. */
public final class TestSettings {
    private TestSettings() {}

    public static Settings plain(Layout layout) {
        return new Settings(
                Scope.SYSTEM,
                layout.prefix(),
                layout.state(),
                Optional.empty(),
                Target.X86_64_MUSL,
                Compiler.MUSL,
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ofMinutes(10));
    }
}
