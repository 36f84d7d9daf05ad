package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.github.GitHubAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunnerUnitsTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com/ACME, actions.runner.ACME.box.service",
        "https://github.com/acme/tools, actions.runner.acme-tools.box.service",
        "https://github.com/enterprises/big-co, actions.runner.big-co.box.service"
    })
    void names_a_unit_after_whom_the_runner_belongs_to(String address, String unit) {
        assertThat(RunnerUnits.unitOf(GitHubAddress.parse(address), "box")).isEqualTo(unit);
    }
}
