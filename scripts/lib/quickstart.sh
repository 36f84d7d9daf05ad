# The two ways of the quickstart: on this machine, and on the lab's emulated ARM64 server.
# shellcheck shell=bash

EXAMPLES=(hello hello-c)

# The triple is the same for every example, so their programs lie in the same place below each folder.
readonly TRIPLE=x86_64-unknown-linux-musl

# rustup's own site where it answers, else the lab's mirror of it. Prints variables for the agent.
rustup_site_answers() { curl -fsS -m 15 -o /dev/null "https://static.rust-lang.org/rustup/release-stable.toml" 2>/dev/null; }

# Provisions this machine and builds and runs the examples on it.
quickstart_here() {
  local crossarm=$ROOT/scripts/crossarm scope=user with_rights=() arguments example binary settings=() variables homes account folder as
  if can_be_root; then
    scope=system with_rights=(as_root)
  fi
  arguments=(--yes --scope "$scope")
  [[ $(uname -m) == aarch64 ]] || arguments+=(--here)
  if ! rustup_site_answers; then
    say "rustup's own site does not answer; building a mirror of it from Debian's packages"
    "$ROOT/lab/lab" serve start >&2
    settings=(RUSTUP_DIST_SERVER="$("$ROOT/lab/lab" serve address rustup)")
    settings+=("RUSTUP_UPDATE_ROOT=${settings[0]#*=}/rustup")
  fi
  step "crossarm provision ${arguments[*]}"
  "${with_rights[@]}" env "${settings[@]}" "$crossarm" provision "${arguments[@]}"
  mapfile -t variables < <("$crossarm" env --scope "$scope" --format dotenv)
  homes=$(printf '%s\n' "${variables[@]}" | sed -n 's/^CARGO_HOME=//p')
  account=$(stat -c %U "$homes")
  for example in "${EXAMPLES[@]}"; do
    step "building examples/$example for $TRIPLE"
    folder=$ROOT/examples/$example as=()
    if [[ $EUID -eq 0 && $account != root ]]; then
      # Root runs no cargo that another account can change, and that account may not reach this checkout.
      as=(runuser -u "$account" -- env HOME="$(getent passwd "$account" | cut -d: -f6)")
      folder=$("${as[@]}" mktemp -d)
      cp -r "$ROOT/examples/$example/." "$folder" && chown -R "$account:" "$folder"
    fi
    (cd "$folder" && "${as[@]}" env "${variables[@]}" cargo build --release --target "$TRIPLE" >&2)
    binary=$folder/target/$TRIPLE/release/$example
    evidence "$crossarm" "$binary" "$(uname -srm)"
    if [[ $(uname -m) == x86_64 ]]; then
      run_program "$binary"
    else
      run_program "$(command -v qemu-x86_64-static || command -v qemu-x86_64)" "$binary"
    fi
  done
}

# Boots a fresh ARM64 server, provisions it, builds there, and runs the programs here.
quickstart_in_lab() { # KEEP
  local lab=$ROOT/lab/lab name=quickstart out=$ROOT/target/quickstart example site=()
  step "an ARM64 server (emulated)"
  # Where the server can have Rust from rustup's own site, minutes of making a mirror would be for nothing.
  if rustup_site_answers; then
    site=(--no-mirror)
  else
    say "rustup's own site does not answer; the lab builds a mirror of it"
  fi
  if [[ -z $1 ]]; then
    # shellcheck disable=SC2064 # the values of now
    trap "'$lab' down --name $name >&2 || true" EXIT
  fi
  "$lab" up --name "$name" "${site[@]}" >&2
  install_on_server "$lab" "$name"

  step "crossarm provision --yes   (on the server)"
  local settings=()
  if [[ ${#site[@]} -eq 0 ]]; then
    "$lab" serve start >/dev/null
    settings=(RUSTUP_DIST_SERVER="$("$lab" serve address rustup --guest)")
    settings+=("RUSTUP_UPDATE_ROOT=${settings[0]#*=}/rustup")
  fi
  "$lab" ssh --name "$name" -- env "${settings[@]}" crossarm provision --yes

  mkdir -p "$out"
  for example in "${EXAMPLES[@]}"; do
    step "building examples/$example for $TRIPLE   (on the server)"
    # shellcheck disable=SC2016 # expanded on the server
    "$lab" ssh --name "$name" -- bash -c \
      'cd "/root/examples/$1" && eval "$(crossarm env --format shell)" && cargo build --release --target "$2"' \
      - "$example" "$TRIPLE" >&2
    "$lab" pull --name "$name" "/root/examples/$example/target/$TRIPLE/release/$example" "$out/"
    evidence "$ROOT/scripts/crossarm" "$out/$example" "$("$lab" ssh --name "$name" -- uname -srm)"
    run_program "$out/$example"
  done
}

# The agent and the examples, as a release and a checkout would bring them.
install_on_server() { # LAB NAME
  local lab=$1 name=$2
  "$lab" ssh --name "$name" -- mkdir -p /usr/local/lib/crossarm /root/examples
  "$lab" push --name "$name" "$JAR" "$ROOT/scripts/lib/launcher" /usr/local/lib/crossarm/
  "$lab" ssh --name "$name" -- ln -sf /usr/local/lib/crossarm/launcher /usr/local/bin/crossarm
  local example
  for example in "${EXAMPLES[@]}"; do
    "$lab" push --name "$name" "$ROOT/examples/$example" /root/examples/
    "$lab" ssh --name "$name" -- rm -rf "/root/examples/$example/target"
  done
}

evidence() { # CROSSARM BINARY BUILDER
  step "$(basename "$2"): the evidence"
  echo "built on    $3"
  echo "runs on     $(uname -srm)"
  "$1" inspect "$2"
}

run_program() { # COMMAND...
  step "running: $*"
  "$@"
}
