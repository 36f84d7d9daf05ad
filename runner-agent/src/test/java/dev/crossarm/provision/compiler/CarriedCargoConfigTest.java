package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

class CarriedCargoConfigTest {

    @Test
    void carries_over_where_packages_come_from_and_how_the_network_is_reached() {
        CarriedCargoConfig carried = carried("""
                [source.crates-io]
                replace-with = "inside"
                [source.inside]
                registry = "sparse+https://crates.example/index/"
                [registries.team]
                index = "sparse+https://team.example/"
                [net]
                git-fetch-with-cli = true
                [http]
                timeout = 30
                [build]
                target = "wasm32-wasip1"
                """);

        assertThat(carried.tables())
                .containsOnlyKeys("source", "registries", "net", "http")
                .containsEntry("net", Map.of("git-fetch-with-cli", true))
                .containsEntry("http", Map.of("timeout", 30L));
        assertThat(carried.leftOut()).isEmpty();
    }

    @Test
    void leaves_out_credentials_and_names_them() {
        CarriedCargoConfig carried = carried("""
                [registries.team]
                index = "sparse+https://team.example/"
                token = "s3cret-token"
                [http]
                proxy = "me:s3cret@proxy.example:3128"
                """);

        assertThat(carried.toString()).doesNotContain("s3cret");
        assertThat(carried.leftOut()).containsExactly("registries.team.token", "http.proxy");
        assertThat(carried.tables())
                .isEqualTo(Map.of("registries", Map.of("team", Map.of("index", "sparse+https://team.example/"))));
    }

    @Test
    void replaces_no_source_by_one_that_was_left_out() {
        CarriedCargoConfig carried = carried("""
                [source.crates-io]
                replace-with = "inside"
                [source.inside]
                registry = "https://me:s3cret@crates.example/index"
                """);

        assertThat(carried.tables()).isEmpty();
        assertThat(carried.leftOut()).containsExactly("source.inside.registry", "source.*.replace-with = inside");
    }

    @Test
    void leaves_an_ssh_address_alone_whose_user_is_no_secret() {
        assertThat(carried("[registries.team]\nindex = \"ssh://git@team.example/index.git\"\n")
                        .leftOut())
                .isEmpty();
    }

    @Test
    void makes_paths_absolute_that_were_relative_to_the_home() {
        CarriedCargoConfig carried = carried("""
                [source.vendored]
                directory = "vendor"
                [http]
                cainfo = "/etc/ssl/own.pem"
                """);

        assertThat(carried.tables())
                .isEqualTo(Map.of(
                        "source", Map.of("vendored", Map.of("directory", "/home/runner/vendor")),
                        "http", Map.of("cainfo", "/etc/ssl/own.pem")));
    }

    private static CarriedCargoConfig carried(String text) {
        TomlParseResult parsed = Toml.parse(text);
        assertThat(parsed.errors()).isEqualTo(List.of());
        return CarriedCargoConfig.of(parsed, Path.of("/home/runner"));
    }
}
