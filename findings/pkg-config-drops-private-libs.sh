#!/usr/bin/env bash
# Guess:   the pkg-config crate knows that musl targets link statically, so for such a target it asks for all that a
#          static link needs: `Libs.private` and `Requires.private` too.
# Happens: it asks as for a shared library, without `--static`, whatever the target. The private libraries are missing
#          from the link line, and a static program ends in undefined symbols. Only PKG_CONFIG_ALL_STATIC, which has
#          no form with a target's name and so changes the machine's own builds too, or the crate's author by
#          `statik(true)`, changes that.
# Versions: pkg-config (crate) 0.3.34, pkgconf 1.8.1.
# Source:  the libraries the crate returns.
set -euo pipefail
command -v pkg-config >/dev/null || { echo "needs pkg-config" >&2; exit 69; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export CARGO_TARGET_DIR=$work/target
mkdir src pc lib
touch lib/libouter.a lib/libinner.a
cat >pc/outer.pc <<PC
Name: outer
Description: a library that needs another one inside
Version: 1.0
Libs: -L$work/lib -louter
Libs.private: -linner
PC
cat >Cargo.toml <<'TOML'
[package]
name = "asks"
version = "0.1.0"
edition = "2021"
[dependencies]
pkg-config = "=0.3.34"
TOML
# Prints what a build script for the target would hand to the linker.
cat >src/main.rs <<'RS'
fn main() {
    let found = pkg_config::Config::new().cargo_metadata(false).env_metadata(false).probe("outer").unwrap();
    println!("{}", found.libs.join(" "));
}
RS
cargo build --quiet
ask() {
  env HOST=aarch64-unknown-linux-gnu TARGET=x86_64-unknown-linux-musl PKG_CONFIG_ALLOW_CROSS=1 \
    PKG_CONFIG_LIBDIR="$work/pc" "$@" target/debug/asks
}
musl=$(ask)
all=$(ask PKG_CONFIG_ALL_STATIC=1)
echo "for a musl target:          $musl"
echo "with PKG_CONFIG_ALL_STATIC: $all"
[[ $musl == outer ]] || { echo "changed: a musl target brings private libraries now" >&2; exit 1; }
[[ $all == *inner* ]] || { echo "changed: PKG_CONFIG_ALL_STATIC no longer brings them" >&2; exit 1; }
echo "seen: the private library is left out for a target that links statically"
