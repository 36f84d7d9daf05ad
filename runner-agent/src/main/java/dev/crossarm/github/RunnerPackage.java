package dev.crossarm.github;

import dev.crossarm.text.Secret;
import dev.crossarm.text.Sha256;
import java.util.Optional;

/**
 * A runner's package that this scope is offered.
 *
 * @param os {@code linux}
 * @param architecture {@code arm64}, {@code x64}
 * @param address where it is
 * @param digest empty where the server does not tell: it must come from elsewhere then
 * @param token for a server that hands the package out itself
 */
public record RunnerPackage(
        String os,
        String architecture,
        String fileName,
        String address,
        Optional<Sha256> digest,
        Optional<Secret> token) {

    static RunnerPackage of(Fields fields) {
        return new RunnerPackage(
                fields.text("os"),
                fields.text("architecture"),
                fields.text("filename"),
                fields.text("download_url"),
                fields.optionalText("sha256_checksum")
                        .filter(text -> text.matches("[0-9a-fA-F]{64}"))
                        .map(Sha256::new),
                fields.optionalText("temp_download_token")
                        .filter(text -> !text.isBlank())
                        .map(Secret::of));
    }
}
