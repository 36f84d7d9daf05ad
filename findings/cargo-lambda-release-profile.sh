#!/usr/bin/env bash
# Guess:   `cargo lambda build --release` compiles a project with its release profile, as `cargo build --release` does: a panic
#          unwinds, and the program runs on every x86-64 processor.
# Happens: what the profile leaves open is filled in otherwise. Panics abort, so that nothing catches them: a handler's panic
#          ends the whole function's process in place of one request. Link-time optimization is on, and the program is for Haswell
#          and later. A profile that says `panic = "unwind"` is respected, and so is `--disable-optimizations`.
#          Flags in the project's .cargo/config.toml take the processor away again, whatever they are about.
# Versions: cargo-lambda 1.9.1 from PyPI, cargo 1.95.
# Source:  what rustc was called with, as a wrapper that writes it down saw it, and what the program says of itself.
set -euo pipefail
[[ $(uname -m) == x86_64 ]] || { echo "needs an x86-64 machine: the processor seen here is one of its" >&2; exit 69; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tools
tools/bin/pip install --quiet cargo-lambda==1.9.1
PATH=$work/tools/bin:$PATH
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR
host=$(rustc -vV | sed -n 's/^host: //p')
mkdir -p function/src
cd function
echo 'fn main() { println!("{}", if cfg!(panic = "unwind") { "unwinds" } else { "aborts" }); }' >src/main.rs
manifest() { printf '[package]\nname = "function"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\n%s\n' "${1:-}" >Cargo.toml; }
cat >"$work/recording" <<'SH'
#!/bin/sh
printf '%s\n' "$*" >>"$COMPILER_LOG"
exec "$@"
SH
chmod +x "$work/recording"
export RUSTC_WRAPPER=$work/recording COMPILER_LOG=$work/log

processor() { { grep -o 'target-cpu=[a-z0-9-]*' "$work/log" || echo 'any processor'; } | sort -u; }
with_cargo() {
  rm -rf target "$work/log"
  cargo build --quiet --release --target "$host"
  echo "$("target/$host/release/function"), $(processor)"
}
with_cargo_lambda() { # OPTION...
  rm -rf target "$work/log"
  cargo lambda build --release --compiler cargo "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; return 1; }
  echo "$(target/lambda/function/bootstrap), $(processor)"
}

manifest
by_cargo=$(with_cargo)
by_lambda=$(with_cargo_lambda)
plain=$(with_cargo_lambda --disable-optimizations)
manifest 'panic = "unwind"'
said_so=$(with_cargo_lambda)
mkdir .cargo
printf '[target.%s]\nrustflags = ["-C", "debuginfo=0"]\n' "$host" >.cargo/config.toml
flags=$(with_cargo_lambda)

printf '%-45s %s\n' 'cargo build --release' "$by_cargo" 'cargo lambda build --release' "$by_lambda" \
  '... --disable-optimizations' "$plain" '... panic = "unwind" in the profile' "$said_so" '... and flags in .cargo/config.toml' "$flags"
[[ $by_cargo == 'unwinds, any processor' && $by_lambda == 'aborts, target-cpu=haswell' && $plain == 'unwinds, any processor' &&
  $said_so == 'unwinds, target-cpu=haswell' && $flags == 'unwinds, any processor' ]]
