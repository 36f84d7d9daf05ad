#!/usr/bin/env bash
# The rust-std component for x86_64-unknown-linux-musl, which no Debian package holds.
# usage: musl-std.sh WORK TOOLCHAIN OUT
# WORK holds the unpacked packages (tools, new-amd64); OUT appears only when all of it is made.
set -euo pipefail
work=$1 toolchain=$2 out=$3
target=x86_64-unknown-linux-musl
new=$work/musl-std.new lib=$work/musl-std.new/lib/rustlib/$target/lib
rm -rf -- "$new"
mkdir -p "$lib/self-contained"
say() { printf 'mirror: musl std: %s\n' "$*" >&2; }

only() { # PATTERN FOLDER: the one file below FOLDER whose path matches
  local found
  found=$(find "$2" -path "$1")
  [[ -n $found && $found != *$'\n'* ]] || { say "error: expected one $1 below $2, found: ${found:-none}"; exit 65; }
  printf '%s\n' "$found"
}

# 1. The standard library, from source, with the flags that rustc's own build uses.
say "compiling the standard library"
lock=$(only '*/rustc-*/library/Cargo.lock' "$work/tools/usr/src")
library=${lock%/*}
mkdir -p "$work/cargo-home"
# A user's stand-in for the crate registry counts here too.
config=${CARGO_HOME:-$HOME/.cargo}/config.toml
if [[ -f $config ]]; then cp "$config" "$work/cargo-home/"; fi
if ! (
  # The user's own build settings must not change what comes out.
  unset "${!CARGO_BUILD_@}" "${!CARGO_TARGET_@}" "${!CARGO_PROFILE_@}" CARGO_ENCODED_RUSTFLAGS RUSTC_WRAPPER CC CFLAGS
  cd "$library" || exit
  PATH=$toolchain/bin:/usr/bin:/bin RUSTC_BOOTSTRAP=1 RUSTC=$toolchain/bin/rustc CARGO_HOME=$work/cargo-home CARGO_TARGET_DIR=$work/target \
    RUSTFLAGS="-Zforce-unstable-if-unmarked -Cforce-unwind-tables=yes -Cembed-bitcode=yes --remap-path-prefix=$library=/rustc/library" \
    "$toolchain/bin/cargo" build --quiet --locked --release --manifest-path sysroot/Cargo.toml \
    --target $target --features "panic-unwind backtrace"
) >"$work/cargo.log" 2>&1; then
  tail -n 30 "$work/cargo.log" >&2
  say "error: cargo could not compile it (it fetches what the library depends on from the crate registry)"
  exit 69
fi
cp "$work/target/$target/release/deps/"*.rlib "$lib/"

# 2. musl and its start files; gcc's crtbegin and crtend.
cp "$work"/new-amd64/usr/lib/x86_64-linux-musl/{crt1.o,crti.o,crtn.o,rcrt1.o,Scrt1.o,libc.a} "$lib/self-contained/"
cp "$work"/tools/usr/lib/gcc/x86_64-linux-gnu/*/{crtbegin.o,crtbeginS.o,crtend.o,crtendS.o} "$lib/self-contained/"

# 3. libunwind.a: LLVM's, compiled for musl.
say "compiling libunwind"
pip=$(only '*/pip-*.whl' "$work/tools")
PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore python3 "$pip/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
  --target "$work/zig" --requirement "$(dirname "${BASH_SOURCE[0]}")/zig.txt"
zig=$work/zig/ziglang/zig unwind=$work/zig/ziglang/lib/libunwind
export ZIG_GLOBAL_CACHE_DIR=$work/zig-cache ZIG_LOCAL_CACHE_DIR=$work/zig-cache
mkdir -p "$work/unwind" "$work/builtins"
for source in libunwind.cpp Unwind-EHABI.cpp Unwind-seh.cpp Unwind-sjlj.c UnwindLevel1.c \
  UnwindLevel1-gcc-ext.c UnwindRegistersRestore.S UnwindRegistersSave.S; do
  case $source in
    *.cpp) compiler=(c++ -std=c++17 -fno-exceptions -fno-rtti -nostdinc++) ;;
    *) compiler=(cc) ;;
  esac
  "$zig" "${compiler[@]}" -target x86_64-linux-musl -c -O3 -fPIC -funwind-tables -fno-sanitize=undefined -DNDEBUG \
    -D_LIBUNWIND_IS_NATIVE_ONLY -I"$unwind/include" "$unwind/src/$source" -o "$work/unwind/${source%.*}.o"
done
"$zig" ar rcs "$lib/self-contained/libunwind.a" "$work"/unwind/*.o

# 4. The C intrinsics that official builds of rust-std carry; C code calls them (__popcountdi2 and the like).
builtins=$(only '*/libclang_rt.builtins-x86_64.a' "$work/tools")
cd "$work/builtins"
for name in absvdi2 absvsi2 absvti2 addvdi3 addvsi3 addvti3 clzti2 cmpdi2 cmpti2 ctzti2 ffsti2 int_util \
  mulvdi3 mulvsi3 mulvti3 mulxc3 negdi2 negti2 negvdi2 negvsi2 negvti2 paritydi2 paritysi2 parityti2 \
  popcountdi2 popcountsi2 popcountti2 powixf2 subvdi3 subvsi3 subvti3 ucmpdi2 ucmpti2; do
  "$zig" ar x "$builtins" "$name.c.o"
done
# Never binutils' ar on these: older ones fail on newer LLVM bitcode and write an index without its symbols.
"$zig" ar rs "$lib"/libcompiler_builtins-*.rlib ./*.o
mv -T "$new" "$out"
