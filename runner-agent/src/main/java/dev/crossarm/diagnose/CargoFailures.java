package dev.crossarm.diagnose;

import java.util.List;

/** What cargo says before anything is compiled, and what is missing of Rust itself. */
final class CargoFailures {
    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                    "git-unreachable",
                    "A git dependency cannot be fetched",
                    "failed to clone into: |unable to update https?://\\S+\\.git|unable to update ssh://",
                    "Cargo could not fetch a dependency from a git repository: the server does not answer, or requires"
                            + " a login.",
                    "Check whether this machine can reach it: git ls-remote URL",
                    "Use git's own settings and credentials: CARGO_NET_GIT_FETCH_WITH_CLI=true",
                    "Proxies are read from https_proxy and from http.proxy in cargo's configuration"),
            FailureClass.of(
                    "registry-login",
                    "The registry requires a login",
                    "no token found for `([^`]+)`|token rejected for `([^`]+)`|authenticated registries require"
                            + "|response from `[^`]+`[^,]*, got 40[13]\\b",
                    "The registry requires a token. Crossarm's cargo home deliberately does not contain your tokens.",
                    "Give the job the token as a secret in CARGO_REGISTRIES_<NAME>_TOKEN, and set"
                            + " CARGO_REGISTRIES_<NAME>_CREDENTIAL_PROVIDER=cargo:token"),
            FailureClass.of(
                    "registry-unreachable",
                    "The crate registry cannot be reached",
                    "unable to update registry|failed to download from `|download of config\\.json failed"
                            + "|failed to query replaced source registry",
                    "Cargo could not reach the crate registry: no network, no name resolution, or a proxy that is not set.",
                    "crossarm doctor",
                    "Set the proxy for jobs: https_proxy in the runner's .env",
                    "Build offline with what was downloaded earlier: cargo build --offline"),
            FailureClass.of(
                    "edition-too-new",
                    "Rust is too old for this edition",
                    "older than the `(\\d+)` edition|feature `edition(\\d+)` is required",
                    "The crate uses a newer edition of the language than this Rust supports.",
                    "crossarm provision --upgrade",
                    "The project's rust-toolchain.toml, or --channel, may have selected the old one: rustup show"),
            FailureClass.of(
                    "lock-file-too-new",
                    "Cargo.lock is from a newer cargo",
                    "lock file version `?(\\d+)`? (was found|requires)|lock file version \\d+ requires",
                    "Cargo.lock has a format that this cargo does not support.",
                    "crossarm provision --upgrade",
                    "Or regenerate it with the cargo used here: rm Cargo.lock && cargo generate-lockfile"),
            FailureClass.of(
                    "rust-too-old",
                    "Rust is too old for a dependency",
                    "rustc [0-9.]+\\S* is not supported by the following package"
                            + "|cannot be built because it requires rustc ([0-9.]+)",
                    "A package requires a newer Rust than the one used here.",
                    "crossarm provision --upgrade",
                    "Or use an older version of the dependency: cargo update -p CRATE --precise VERSION"),
            FailureClass.of(
                    "lock-file-outdated",
                    "Cargo.lock does not match Cargo.toml",
                    "because --locked was passed|lock file .* needs to be updated but --locked",
                    "The build runs with --locked, and Cargo.lock does not match Cargo.toml.",
                    "Run cargo update --workspace on your development machine, and commit Cargo.lock"),
            FailureClass.of(
                    "no-such-version",
                    "A dependency's version does not exist",
                    "failed to select a version for(?: the requirement)? `([^`]+)`|no matching package named `([^`]+)` found",
                    "No version of the dependency satisfies Cargo.toml ({1}).",
                    "List what is available: cargo search CRATE",
                    "cargo update"),
            FailureClass.of(
                    "target-missing",
                    "The target is not installed for this toolchain",
                    "the `([^`]+)` target may not be installed|error\\[E0463\\]: can't find crate for `(?:std|core)`",
                    "The toolchain of this build does not have Rust's standard library for the target. A"
                            + " rust-toolchain.toml in the project may have selected a toolchain that provision did"
                            + " not set up.",
                    "rustup target add x86_64-unknown-linux-musl",
                    "Name it in rust-toolchain.toml: targets = [\"x86_64-unknown-linux-musl\"]",
                    "crossarm provision"));

    private CargoFailures() {}
}
