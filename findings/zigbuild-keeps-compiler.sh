#!/usr/bin/env bash
# Guess:   `cargo zigbuild` compiles the C of crates, and links, with zig: that is what it is for.
# Happens: where CC_<target> is set it leaves the variable as it is and says nothing. All C then goes to that compiler.
#          On a machine whose environment names a cross compiler for every job, zig's is never asked.
# Versions: cargo-zigbuild 0.24.1, ziglang 0.17.1, cc 1.11.3, cargo 1.95.
# Source:  which compilers ran, as a compiler that writes its calls down and zig's own cache show.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tools
tools/bin/pip install --quiet --disable-pip-version-check cargo-zigbuild==0.24.1 ziglang==0.17.1
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_DIR=$work/target CARGO_ZIGBUILD_CACHE_DIR=$work/zig-wrappers ZIG_GLOBAL_CACHE_DIR=$work/zig-cache
export PATH=$work/tools/bin:$PATH
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "mixed"
version = "0.1.0"
edition = "2021"
[build-dependencies]
cc = "=1.11.3"
TOML
echo 'int one(void) { return 1; }' >src/one.c
echo 'fn main() { cc::Build::new().file("src/one.c").compile("one"); }' >build.rs
echo 'extern "C" { fn one() -> i32; } fn main() { println!("{}", unsafe { one() }); }' >src/main.rs
cat >recording-cc <<'SH'
#!/bin/sh
case " $* " in *" -c "*) echo compiled >>"$COMPILER_LOG" ;; esac
exec cc "$@"
SH
chmod +x recording-cc

compiler_of_c() {
  rm -rf target
  cargo zigbuild --quiet --target "$host" >said 2>&1
  # Compilers write their names into the section .comment of what they compile.
  local object
  object=$(find "target/$host/debug/build" -name '*one.o' | head -n 1)
  if readelf -p .comment "$object" | grep -q clang; then echo zig; else echo gcc; fi
}
plain=$(compiler_of_c)
named=$(COMPILER_LOG=$work/log env "CC_${host//-/_}=$work/recording-cc" bash -c "$(declare -f compiler_of_c); host=$host; compiler_of_c")
echo "nothing set:     C was compiled by $plain"
echo "CC_<target> set: C was compiled by $named ($(wc -l <log) calls of the named compiler); zigbuild said $(wc -c <said) bytes"
[[ $plain == zig ]] || { echo "changed: without the variable, zig no longer compiles C" >&2; exit 1; }
[[ $named == gcc && -s log ]] || { echo "changed: the variable no longer wins over zig" >&2; exit 1; }
[[ ! -s said ]] || { echo "changed: it says something now:" >&2; cat said >&2; exit 1; }
echo "seen: the compiler of the environment won, in silence"
