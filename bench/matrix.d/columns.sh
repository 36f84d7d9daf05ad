# The columns of the matrix: makes each toolchain, and writes down its variables and versions for measure.py.
# shellcheck shell=bash
# shellcheck source-path=SCRIPTDIR
#
# A column is a folder $PLACE/columns/NAME: `environment` (KEY=VALUE a line), `versions` (name TAB version), `command`
# (cargo's, a word a line) and `digest` (of what the toolchain consists of).

# shellcheck source=numbered.sh
source "$PIECES/numbered.sh"

SYSTEM_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUST=$PLACE/crossarm/rust
readonly SYSTEM_PATH RUST

# What builds need besides the compilers: CMake, autoconf, perl for OpenSSL, libclang for bindgen, nasm.
PACKAGES=(gcc g++ make cmake perl pkg-config autoconf automake libtool bison flex libclang-dev nasm git curl ca-certificates
  python3 python3-venv)

prepare_columns() { # MODE COLUMN...
  local mode=$1 column
  shift
  need_packages "${PACKAGES[@]}"
  command -v x86_64-linux-gnu-gcc >/dev/null || need_packages gcc-x86-64-linux-gnu g++-x86-64-linux-gnu
  build_agent
  find_rustup
  # The Rust of all columns.
  provision_column crossarm
  for column in "$@"; do
    case $column in
      crossarm) ;;
      crossarm-cpp) provision_column crossarm-cpp --compiler cpp ;;
      plain) plain_column plain "$(command -v x86_64-linux-gnu-gcc)" "$SYSTEM_PATH" ;;
      plain-fortify) fortify_column ;;
      cargo-zigbuild) zigbuild_column "$mode" ;;
    esac
  done
}

# rustup's own site where it answers, else the lab's mirror of it.
find_rustup() {
  RUSTUP_SETTINGS=()
  [[ -z ${RUSTUP_DIST_SERVER:-} ]] || return 0
  ! curl -fsS -m 15 -o /dev/null "https://static.rust-lang.org/rustup/release-stable.toml" 2>/dev/null || return 0
  say "rustup's own site does not answer; using the lab's mirror of it"
  "$ROOT/lab/lab" serve start >&2
  RUSTUP_SETTINGS=(RUSTUP_DIST_SERVER="$("$ROOT/lab/lab" serve address rustup)")
  RUSTUP_SETTINGS+=("RUSTUP_UPDATE_ROOT=${RUSTUP_SETTINGS[0]#*=}/rustup")
}

# crossarm with homes of its own, so that neither the user's Rust nor a runner on this machine is touched.
our_crossarm() { # COLUMN COMMAND ARGUMENT...
  local column=$1 command=$2 homes=()
  shift 2
  [[ $column == crossarm ]] || homes=(RUSTUP_HOME="$RUST/rustup" CARGO_HOME="$RUST/cargo")
  [[ $column != crossarm ]] || homes=(-u RUSTUP_HOME -u CARGO_HOME)
  env "${homes[@]}" "${RUSTUP_SETTINGS[@]}" HOME="$PLACE/home" PATH="$SYSTEM_PATH" CROSSARM_JAR="$JAR" \
    "$ROOT/scripts/lib/launcher" "$command" --scope user --prefix "$PLACE/$column" --state-directory "$PLACE/state/$column" "$@"
}

provision_column() { # COLUMN ARGUMENT...
  local column=$1 folder=$PLACE/columns/$1 prefix=$PLACE/$1
  shift
  mkdir -p "$folder" "$PLACE/home"
  say "$column: crossarm provision $*"
  our_crossarm "$column" provision --here --skip runner-environment --yes --quiet "$@" >&2
  our_crossarm "$column" env --format dotenv "$@" >"$folder/environment"
  printf '%s\n' cargo build >"$folder/command"
  {
    rust_versions
    printf 'crossarm\t%s\n' "$(our_crossarm "$column" env --help >/dev/null && CROSSARM_JAR=$JAR "$ROOT/scripts/lib/launcher" --version)"
    printf 'C compiler\t%s\n' "$("$prefix/bin/x86_64-linux-musl-gcc" --version | head -n 1)"
    printf 'C++ compiler\t%s\n' "$("$prefix/bin/x86_64-linux-musl-g++" --version | head -n 1)"
    printf 'musl headers\t%s\n' "$(basename "$(readlink -f "$prefix/musl/current")")"
  } >"$folder/versions"
  # What C is compiled with. The agent's jar is not in it: most changes to it change no build.
  digests_of_files "$(compilers_as_numbered)" "$prefix" -name rust -prune -o | sha256sum >"$folder/digest"
}

rust_versions() {
  printf 'rustc\t%s\n' "$(in_rust rustc --version)"
  printf 'cargo\t%s\n' "$(in_rust cargo --version)"
}

in_rust() { env RUSTUP_HOME="$RUST/rustup" CARGO_HOME="$RUST/cargo" HOME="$PLACE/home" "$RUST/cargo/bin/$1" "${@:2}"; }

# A cargo home with the same crates and no settings.
bare_cargo_home() {
  mkdir -p "$PLACE/bare-cargo" "$RUST/cargo/registry"
  ln -sfn "$RUST/cargo/registry" "$PLACE/bare-cargo/registry"
  printf 'RUSTUP_HOME=%s\nCARGO_HOME=%s\n' "$RUST/rustup" "$PLACE/bare-cargo"
}

plain_column() { # NAME CC PATH
  local folder=$PLACE/columns/$1 linker
  linker=$(command -v x86_64-linux-gnu-gcc)
  mkdir -p "$folder"
  {
    bare_cargo_home
    printf 'CC_x86_64_unknown_linux_musl=%s\n' "$2"
    printf 'CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER=%s\n' "$linker"
    printf 'PATH=%s:%s\n' "$RUST/cargo/bin" "$3"
  } >"$folder/environment"
  printf '%s\n' cargo build >"$folder/command"
  {
    rust_versions
    printf 'C compiler\t%s\n' "$("$linker" --version | head -n 1)"
    # A package that is known and not installed has an empty version.
    printf 'libc headers\tglibc %s\n' "$(dpkg-query -W -f '${Version}\n' libc6-dev-amd64-cross libc6-dev 2>/dev/null | grep -m 1 .)"
  } >"$folder/versions"
  sha256sum <"$2" >"$folder/digest"
}

# Ubuntu's gcc and g++ behave as if _FORTIFY_SOURCE=3 were defined whenever they optimise.
fortify_column() {
  local bin=$PLACE/fortify/bin tool real
  mkdir -p "$bin"
  for tool in gcc g++; do
    real=$(command -v "x86_64-linux-gnu-$tool")
    cat >"$bin/x86_64-linux-gnu-$tool" <<SCRIPT
#!/bin/bash
optimising=0
for word in "\$@"; do
  case \$word in
    -O0) optimising=0 ;;
    -O*) optimising=1 ;;
  esac
done
if ((optimising)); then exec $real -D_FORTIFY_SOURCE=3 "\$@"; fi
exec $real "\$@"
SCRIPT
    chmod +x "$bin/x86_64-linux-gnu-$tool"
  done
  plain_column plain-fortify "$bin/x86_64-linux-gnu-gcc" "$bin:$SYSTEM_PATH"
}

zigbuild_column() { # MODE
  local folder=$PLACE/columns/cargo-zigbuild venv=$PLACE/zigbuild/venv cache=$PLACE/zigbuild/cache
  local wanted=()
  read -ra wanted <<<"${CROSSARM_MATRIX_ZIGBUILD:-cargo-zigbuild ziglang}"
  mkdir -p "$folder" "$PLACE/zigbuild"
  if [[ $1 == fresh || ! -x $venv/bin/cargo-zigbuild || $(cat "$PLACE/zigbuild/wanted" 2>/dev/null) != "${wanted[*]}" ]]; then
    say "cargo-zigbuild: pip install ${wanted[*]}"
    rm -rf "$cache" "$cache.new"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --upgrade "${wanted[@]}" ||
      fail "$EX_UNAVAILABLE" "pip cannot install ${wanted[*]}, as said above"
    printf '%s' "${wanted[*]}" >"$PLACE/zigbuild/wanted"
  fi
  {
    bare_cargo_home
    printf 'PATH=%s:%s:%s\n' "$venv/bin" "$RUST/cargo/bin" "$SYSTEM_PATH"
  } >"$folder/environment"
  printf '%s\n' cargo zigbuild >"$folder/command"
  {
    rust_versions
    printf 'cargo-zigbuild\t%s\n' "$("$venv/bin/cargo-zigbuild" --version)"
    printf 'zig\t%s\n' "$("$venv/bin/python" -m ziglang version)"
  } >"$folder/versions"
  sha256sum <"$folder/versions" >"$folder/digest"
  # zig builds its libc and libc++ on first use, once a machine and set of options. All builds share this cache, as on a
  # machine that is used for a while; the first that needs another variant pays for it. Their own objects go elsewhere.
  printf '%s' "$cache" >"$folder/zig-cache"
  [[ -d $cache ]] || warm_zig "$venv" "$cache"
}

warm_zig() { # VENV CACHE
  local work program=$PLACE/zigbuild/warm
  say "cargo-zigbuild: warming zig's cache"
  rm -rf "$program"
  cp -r "$PIECES/warm" "$program"
  work=$2.new # left by a run that was ended: zig goes on from what is there
  (
    cd "$program"
    mapfile -t variables <"$PLACE/columns/cargo-zigbuild/environment"
    env -i HOME="$PLACE/home" LANG=C.UTF-8 "${variables[@]}" ZIG_GLOBAL_CACHE_DIR="$work" ZIG_LOCAL_CACHE_DIR="$work" \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=1 setsid --wait cargo zigbuild --release --target "$TRIPLE"
  ) >"$PLACE/zigbuild/warm.log" 2>&1 || {
    tail -n 20 "$PLACE/zigbuild/warm.log" >&2
    fail "$EX_UNAVAILABLE" "cargo-zigbuild and its zig cannot build a program of C and C++; versions: $(tr '\t\n' ' ,' <"$PLACE/columns/cargo-zigbuild/versions")" \
      "CROSSARM_MATRIX_ZIGBUILD='cargo-zigbuild==A ziglang==B' bench/matrix, with an older pair; all output: $PLACE/zigbuild/warm.log"
  }
  rm -rf "$program"
  mv "$work" "$2"
}
