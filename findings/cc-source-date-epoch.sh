#!/usr/bin/env bash
# Guess:   SOURCE_DATE_EPOCH only changes what a build stamps into its output. Setting it from each commit, as
#          reproducible builds do, leaves an incremental build of unchanged sources with nothing to do.
# Happens: the cc crate asks cargo to watch the variable. With another value every build script that uses cc runs again,
#          all of its C is compiled again, and whatever depends on it is linked again. A target directory that is kept
#          between jobs saves no C at all then.
# Versions: cc 1.11.3, cargo 1.95.
# Source:  cc's own output, `cargo::rerun-if-env-changed`, printed below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export CARGO_TARGET_DIR=$work/target
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "dated"
version = "0.1.0"
edition = "2021"
[build-dependencies]
cc = "=1.11.3"
TOML
echo 'int one(void) { return 1; }' >src/one.c
echo 'fn main() { cc::Build::new().file("src/one.c").compile("one"); println!("cargo:rerun-if-changed=src/one.c"); }' >build.rs
echo 'extern "C" { fn one() -> i32; } fn main() { println!("{}", unsafe { one() }); }' >src/main.rs

built() { SOURCE_DATE_EPOCH=$1 cargo build --quiet; }
object() { find target -name '*one.o' -printf '%T@ %p\n' | sort | tail -n 1; }

built 1700000000
first=$(object)
built 1700000000
same=$(object)
built 1700000001
other=$(object)
grep -rhoE 'rerun-if-env-changed=SOURCE_DATE_EPOCH' target/debug/build/*/output | sort -u
echo "first build:           ${first%% *}"
echo "the same value again:  ${same%% *}"
echo "another value:         ${other%% *}"
[[ $first == "$same" ]] || { echo "changed: C is compiled again though nothing differs" >&2; exit 1; }
[[ $first != "$other" ]] || { echo "changed: another SOURCE_DATE_EPOCH no longer compiles C again" >&2; exit 1; }
echo "seen: C was compiled again for another SOURCE_DATE_EPOCH, with no source changed"
