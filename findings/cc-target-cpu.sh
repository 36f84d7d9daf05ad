#!/usr/bin/env bash
# Guess:   `-C target-cpu` in RUSTFLAGS decides for which processor a program is built, the C in its crates included.
# Happens: it does not reach the C compiler at all. `-C target-feature` does: the cc crate turns each feature into
#          the compiler's own option. So `-C target-cpu=x86-64-v3` leaves all C at `-march=x86-64`, and the same features,
#          named one by one, do not.
# Versions: cc 1.11.3, rustc 1.95, gcc 12.
# Source:  the compiler's command line, as a compiler that writes it down saw it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
host=$(rustc -vV | sed -n 's/^host: //p')
[[ $host == x86_64-* ]] || { echo "needs an x86-64 machine: the features named here are its" >&2; exit 69; }
export CARGO_TARGET_DIR=$work/target
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "level"
version = "0.1.0"
edition = "2021"
[build-dependencies]
cc = "=1.11.3"
TOML
echo 'int one(void) { return 1; }' >src/one.c
echo 'fn main() { cc::Build::new().file("src/one.c").compile("one"); }' >build.rs
echo 'fn main() {}' >src/main.rs
cat >recording-cc <<'SH'
#!/bin/sh
case " $* " in *" -c "*) printf '%s\n' "$*" >>"$COMPILER_LOG" ;; esac
exec cc "$@"
SH
chmod +x recording-cc

# With --target the flags are for the program alone, not for the build script.
options() { # RUSTFLAGS
  rm -rf target log
  CC=$work/recording-cc COMPILER_LOG=$work/log RUSTFLAGS=$1 cargo build --quiet --target "$host"
  grep -oE -- '-m(arch|avx2|bmi2|fma|cpu)[^ ]*' log | sort -u | tr '\n' ' ' || true
}
cpu=$(options '-C target-cpu=x86-64-v3')
feature=$(options '-C target-feature=+avx2,+bmi2,+fma')
echo "target-cpu=x86-64-v3:            the C compiler got '${cpu}'"
echo "target-feature=+avx2,+bmi2,+fma: the C compiler got '${feature}'"
[[ $cpu != *v3* && $cpu != *avx2* ]] || { echo "changed: target-cpu reaches C now" >&2; exit 1; }
[[ $feature == *-mavx2* ]] || { echo "changed: target-feature reaches C no longer" >&2; exit 1; }
echo "seen: the features reached C, the processor did not"
