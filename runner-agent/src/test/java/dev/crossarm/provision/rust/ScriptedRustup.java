package dev.crossarm.provision.rust;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.plan.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for rustup and its site where the faults of our own steps are tried: a shell script that leaves the files rustup
 * leaves, as far as the steps look at them. What the real one does is tried by the tests tagged "rust".
 */
final class ScriptedRustup implements RustupSite {
    static final String SCRIPT = """
            #!/bin/sh
            set -e
            host=x86_64-unknown-linux-gnu
            name=$(basename "$0")
            echo "$name $*" >>"${SCRIPTED_LOG:-/dev/null}"
            lib() { echo "$RUSTUP_HOME/toolchains/$1/lib/rustlib"; }
            component() { # TOOLCHAIN COMPONENT
              mkdir -p "$(lib "$1")" "$RUSTUP_HOME/toolchains/$1/parts"
              grep -qx "$2" "$(lib "$1")/components" 2>/dev/null && return
              echo "$2" >"$RUSTUP_HOME/toolchains/$1/parts/$2"
              echo "file:parts/$2" >"$(lib "$1")/manifest-$2"
              echo "$2" >>"$(lib "$1")/components"
              config "$1"
            }
            config() { # TOOLCHAIN
              sed 's/.*/[[components]]\\npkg = "&"/' "$(lib "$1")/components" >"$(lib "$1")/multirust-config.toml"
            }
            if [ "$name" = rustup-init ]; then
              mkdir -p "$CARGO_HOME/bin" "$RUSTUP_HOME"
              cp "$0" "$CARGO_HOME/bin/rustup"
              for proxy in cargo rustc rustdoc; do ln -sf rustup "$CARGO_HOME/bin/$proxy"; done
              echo 'version = "12"' >"$RUSTUP_HOME/settings.toml"
              exit 0
            fi
            case "$1 $2" in
              '--version ') echo 'rustup 1.29.0 (scripted)' ;;
              'self update') echo 'rustup is up to date' ;;
              'toolchain install')
                toolchain=$3-$host; shift 3
                for part in rustc cargo rust-std; do component "$toolchain" "$part-$host"; done
                printf '[pkg.rustc]\\nversion = "1.96.0 (scripted)"\\n' >"$(lib "$toolchain")/multirust-channel-manifest.toml"
                while [ $# -gt 0 ]; do
                  case "$1" in
                    --target) component "$toolchain" "rust-std-$2"; shift ;;
                    --component) component "$toolchain" "$2-preview-$host"; shift ;;
                    --profile) shift ;;
                  esac
                  shift
                done ;;
              'target add') component "$4" "rust-std-$5" ;;
              'component add') component "$4" "$5-preview-$host" ;;
              'target remove') sed -i "/^rust-std-$5\\$/d" "$(lib "$4")/components"; rm -f "$(lib "$4")/manifest-rust-std-$5" "$RUSTUP_HOME/toolchains/$4/parts/rust-std-$5"; config "$4" ;;
              'component remove') sed -i "/^$5-preview-$host\\$/d" "$(lib "$4")/components"; rm -f "$(lib "$4")/manifest-$5-preview-$host" "$RUSTUP_HOME/toolchains/$4/parts/$5-preview-$host"; config "$4" ;;
              default\\ *) printf 'version = "12"\\ndefault_toolchain = "%s"\\n' "$2" >"$RUSTUP_HOME/settings.toml" ;;
              *) echo "error: not scripted: $*" >&2; exit 1 ;;
            esac
            """;

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final HostFiles files;
    private final List<String> asked = new ArrayList<>();

    ScriptedRustup(HostFiles files) {
        this.files = files;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Optional<String> text(String address) {
        asked.add(address);
        return Optional.of(
                address.endsWith(".sha256")
                        ? DIGEST + " *rustup-init\n"
                        : "schema-version = '1'\nversion = '1.29.0'\n");
    }

    @Override
    public void program(String address, String sha256, Path target, Progress progress) {
        asked.add(address);
        if (!sha256.equals(DIGEST)) {
            throw new AssertionError("another digest than the site's: " + sha256);
        }
        files.write(target, SCRIPT.getBytes(StandardCharsets.UTF_8), Ownership.mode("rwxr-xr-x"));
    }
}
