package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {

    @ParameterizedTest
    @CsvSource({
        "CHANNEL, stable",
        "CHANNEL, beta-2026-11-01",
        "CHANNEL, nightly-2026-11-01",
        "CHANNEL, 1.85",
        "CHANNEL, 1.85.1",
        "DURATION, 90s",
        "DURATION, 10m",
        "DURATION, 2h",
        "SIZE, 500M",
        "SIZE, 20G",
        "PATH, /opt/x",
        "PATHS, /srv/run-*",
        "ACCOUNT, gh_runner-1",
        "URL, https://h/p",
        "URL, http://127.0.0.1:8080",
        "URL, file:///srv/mirror",
        "COMPONENTS, llvm-tools-preview"
    })
    void accepts_what_it_is_for(ValueType type, String value) {
        assertThat(type.objection(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CHANNEL, fast",
        "CHANNEL, stable;id",
        "CHANNEL, -1.85",
        "CHANNEL, stable-aarch64-unknown-linux-gnu",
        "DURATION, 10",
        "DURATION, 0s",
        "DURATION, 1d",
        "DURATION, -1m",
        "SIZE, 20",
        "SIZE, 20GB",
        "PATH, opt",
        "PATH, /",
        "PATH, /a:b",
        "PATH, ~/x",
        "PATHS, run",
        "ACCOUNT, -x",
        "ACCOUNT, 'a b'",
        "URL, h/p",
        "URL, https://",
        "URL, https://h/?q",
        "URL, file://host/x y",
        "COMPONENTS, --x",
        "SCOPE, all",
        "TARGET, aarch64-unknown-linux-musl",
        "COMPILER, zig",
        "RUSTUP_SOURCE, web"
    })
    void refuses_what_it_is_not_for(ValueType type, String value) {
        assertThat(type.objection(value)).isPresent();
    }
}
