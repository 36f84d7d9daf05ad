package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.provision.ProvisionOptions;
import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name what there is. */
class DocumentsTest {
    private static final Path PREFIX = Path.of("/opt/crossarm");
    private static final Path STATE = Path.of("/var/lib/crossarm");

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/provisioning.md"})
    void name_every_step(String document) throws IOException {
        String text = Files.readString(Path.of("..").resolve(document));

        for (String step : ProvisionOptions.STEPS) {
            assertThat(text.contains("`" + step + "`"))
                    .as("%s names the step %s", document, step)
                    .isTrue();
        }
    }

    @Test
    void name_every_variable_of_a_job() throws IOException {
        String text = Files.readString(Path.of("../docs/provisioning.md"));

        assertThat(environment().variables()).hasSizeGreaterThan(10);
        assertThat(environment().variables().keySet())
                .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
    }

    private static JobEnvironment environment() {
        Settings settings = new Settings(
                Scope.SYSTEM,
                PREFIX,
                STATE,
                Optional.empty(),
                Target.X86_64_MUSL,
                Compiler.MUSL,
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                Optional.of("https://dist.example"),
                Optional.of("https://root.example"),
                List.of(),
                Duration.ofMinutes(10));
        Layout layout = new Layout(
                PREFIX, STATE, STATE.resolve("rust/rustup"), STATE.resolve("rust/cargo"), true, Optional.empty());
        HostFacts facts = new HostFacts("debian", "13", "Debian GNU/Linux 13", "aarch64", "6.12", 8L << 30, 4);
        return CrossEnvironment.of(Target.X86_64_MUSL, CompilerKind.MUSL, layout, facts, settings);
    }
}
