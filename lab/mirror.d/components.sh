# shellcheck shell=bash
# The folders that become rustup components, out of unpacked Debian packages.
# shellcheck disable=SC2154  # work, parts and pieces are the caller's

musl=x86_64-unknown-linux-musl

resolve_all() {
  local arm x86
  # libstd-rust-web carries the version in its name: take the one that rustc-web asks for.
  resolve arm64 trixie arm64 rustc-web+ cargo-web+ rust-web-clippy rustfmt-web libstd-rust-web-dev+
  resolve amd64 bookworm amd64 rustc-web+ cargo-web+ rust-web-clippy rustfmt-web libstd-rust-web-dev+
  resolve tools bookworm amd64 rust-web-src patchelf python3-pip-whl libgcc-12-dev libclang-rt-19-dev
  resolve new-amd64 trixie amd64 rustup musl-dev
  resolve new-arm64 trixie arm64 rustup
  arm=$(upstream arm64) x86=$(upstream amd64)
  [[ $arm == "$x86" ]] ||
    fail 69 "Debian 13 has Rust $arm for arm64 and Debian 12 has $x86 for amd64 today; crates of one do not load on the other. Try again when both carry the same version"
}

upstream() { awk '$1 == "rustc-web" { sub(/[+-].*/, "", $2); print $2 }' "$work/$1.packages"; }

fetch_all() {
  fetch arm64 trixie arm64
  fetch amd64 bookworm amd64
  fetch tools bookworm amd64
  fetch new-amd64 trixie amd64
  fetch new-arm64 trixie arm64
}

assemble_hosts() {
  assemble amd64 x86_64-unknown-linux-gnu
  assemble arm64 aarch64-unknown-linux-gnu
  # One toolchain out of the components, as rustup would lay it out: with it the standard library is built.
  toolchain=$work/toolchain
  mkdir "$toolchain"
  cp -al "$work"/c/x86_64-unknown-linux-gnu/{rustc,cargo,rust-std}/. "$toolchain/"
  version=$("$toolchain/bin/rustc" --version) || fail 69 "Debian 12's rustc does not run on this machine"
  rust_date=$(grep -oE '[0-9]{4}-[0-9]{2}-[0-9]{2}' <<<"$version") || fail 65 "rustc names no date: $version"
  version=$(awk '{ print $2 }' <<<"$version")
}

assemble() { # NAME TRIPLE
  local from=$work/$1/usr to=$work/c/$2
  mkdir -p "$to"/{rustc,cargo,clippy-preview,rustfmt-preview}/bin "$to/rustc/lib" "$to/rust-std/lib/rustlib"
  mv "$from"/bin/{rustc,rustdoc} "$to/rustc/bin/"
  mv "$from"/lib/*-linux-gnu/librustc_driver-*.so "$to/rustc/lib/"
  mv "$from/bin/cargo" "$to/cargo/bin/"
  mv "$from"/bin/{cargo-clippy,clippy-driver} "$to/clippy-preview/bin/"
  mv "$from"/bin/{rustfmt,cargo-fmt} "$to/rustfmt-preview/bin/"
  mv "$from/lib/rustlib/$2" "$to/rust-std/lib/rustlib/"
  local component
  for component in rustc cargo clippy-preview rustfmt-preview; do
    python3 "$pieces/bundle.py" "$work/tools/usr/bin/patchelf" "$work/$1" "$to/$component" "lib/lab-$component" ||
      fail 65 "cannot make $component for $2 complete"
  done
}

musl_std() {
  local key std
  key=$({ cat "$work/tools.packages" "$work/amd64.packages" "$pieces/musl-std.sh" "$pieces/zig.txt"
    grep '^musl-dev ' "$work/new-amd64.packages"; } | sha256sum | cut -c1-16)
  std=$parts/musl-std/$key
  if [[ ! -d $std ]]; then
    "$pieces/musl-std.sh" "$work" "$toolchain" "$work/musl-std" || fail 69 "the standard library for musl could not be built"
    mkdir -p "$parts/musl-std"
    mv -T "$work/musl-std" "$std"
  fi
  mkdir -p "$work/c/$musl"
  cp -al "$std" "$work/c/$musl/rust-std"
}

pack() { # OUT
  local triple component specs=()
  for triple in aarch64-unknown-linux-gnu x86_64-unknown-linux-gnu "$musl"; do
    for component in "$work/c/$triple"/*; do
      specs+=("${component##*/}=$triple=$component")
    done
  done
  python3 "$pieces/pack.py" "$1" "$version" "$rust_date" "${specs[@]}"
}

rustup_init() { # OUT
  local rustup_version triple dir name
  rustup_version=$(awk '$1 == "rustup" { sub(/[+-].*/, "", $2); print $2 }' "$work/new-arm64.packages")
  for name in arm64 amd64; do
    case $name in arm64) triple=aarch64-unknown-linux-gnu ;; *) triple=x86_64-unknown-linux-gnu ;; esac
    # Debian 12 has no rustup; Debian 13's asks its C library for newer symbol versions than it uses.
    if [[ $name == amd64 ]]; then python3 "$pieces/relax_glibc.py" 2.34 "$work/new-$name/usr/bin/rustup"; fi
    for dir in "$1/rustup/dist/$triple" "$1/rustup/archive/$rustup_version/$triple"; do
      mkdir -p "$dir"
      install -m 0755 "$work/new-$name/usr/bin/rustup" "$dir/rustup-init"
      (cd "$dir" && sha256sum --binary rustup-init >rustup-init.sha256)
    done
  done
  printf "schema-version = '1'\nversion = '%s'\n" "$rustup_version" >"$1/rustup/release-stable.toml"
}
