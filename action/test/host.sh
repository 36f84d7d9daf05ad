# Part of test-action: a host of its own for the real builds, as GitHub's machines are (user scope, nothing of the account
# that runs the tests), and act to run workflows on it.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2016 # shell lines of workflows expand there

if part crossarm || part hosted || part workflows; then
  need_packages build-essential cmake curl git openssl python3 unzip
  go_tool "$ACT" "$ACT_VERSION"
  ACT_PROGRAM=$TOOL
  build_agent
  "$ROOT/lab/lab" serve start >/dev/null
  mirror=$("$ROOT/lab/lab" serve address rustup)
  HOST=${CROSSARM_CACHE:-$HOME/.cache/crossarm}/test-action/$(basename "$("$ROOT/lab/mirror" path | tail -n 1)")
  mkdir -p "$HOST/home"

  # All a job gets. MARK is in the environment of every process of it, and of nothing else.
  MARK=crossarm-test-$$-$RANDOM
  host_variables=("HOME=$HOST/home" "XDG_CACHE_HOME=$WORK/cache" "CROSSARM_PREFIX=$HOST/prefix" "CROSSARM_STATE_DIRECTORY=$HOST/state"
    "RUSTUP_DIST_SERVER=$mirror" "RUSTUP_UPDATE_ROOT=$mirror/rustup" NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
    CARGO_NET_OFFLINE=true LANG=C.UTF-8 "MARK=$MARK")
  [[ -z ${JAVA_HOME:-} ]] || host_variables+=("JAVA_HOME=$JAVA_HOME")

  # The command as a provisioned runner has it.
  mkdir -p "$WORK/bin"
  printf '#!/bin/sh\nexport CROSSARM_SCOPE=user CROSSARM_JAR=%q\nexec %q "$@"\n' "$JAR" "$ROOT/scripts/lib/launcher" >"$WORK/bin/crossarm"
  chmod +x "$WORK/bin/crossarm"
fi

SYSTEM_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# on_host PATH COMMAND...
on_host() {
  local path=$1
  shift
  env -i "PATH=$path" "${host_variables[@]}" "$@"
}

# repository NAME: a git repository from the files in WORK/NAME, which is what act wants to see.
repository() {
  (
    cd "$WORK/$1" || exit
    git init -q .
    git add -A
    git -c user.name=test -c user.email=test@example.org commit -q -m test
  )
}

# workflow NAME: the workflow on standard input becomes that of the repository WORK/NAME. $USES in it is the action.
workflow() {
  mkdir -p "$WORK/$1/.github/workflows"
  sed 's|\$USES|acme/crossarm/action@v1|' >"$WORK/$1/.github/workflows/test.yml"
  repository "$1"
}

# project FOLDER NAME [SOURCE]: a program NAME with a lock file, in WORK/FOLDER.
project() {
  local folder=$WORK/$1
  mkdir -p "$folder/src"
  printf '[package]\nname = "%s"\nversion = "0.1.0"\nedition = "2021"\n' "$2" >"$folder/Cargo.toml"
  printf 'version = 3\n\n[[package]]\nname = "%s"\nversion = "0.1.0"\n' "$2" >"$folder/Cargo.lock"
  printf '%s\n' "${3:-fn main() { println!(\"hello from $2\"); \}}" >"$folder/src/main.rs"
}

# build NAME [LINE OF with...]: a workflow of one job that checks out and runs the action with these inputs.
build() {
  local name=$1 line
  shift
  {
    printf 'on: push\njobs:\n  build:\n    runs-on: crossarm\n    steps:\n      - uses: actions/checkout@v7\n'
    printf '      - id: build\n        uses: $USES\n'
    [[ $# -eq 0 ]] || printf '        with:\n'
    for line in "$@"; do printf '          %s\n' "$line"; done
    printf '      - env:\n          OUTPUTS: ${{ toJSON(steps.build.outputs) }}\n'
    printf '        run: python3 %q %q\n' "$ROOT/action/test/keep.py" "$WORK/kept/$name"
  } | workflow "$name"
}

# Put before act, such as unshare.
ACT_BEFORE=()

# act NAME [PATH]: runs the workflow of WORK/NAME; what it says goes to WORK/NAME.log, too.
act() {
  local status=0
  (cd "$WORK/$1" && on_host "${2:-$WORK/bin:$SYSTEM_PATH}" "${ACT_BEFORE[@]}" "$ACT_PROGRAM" push --no-cache-server \
    --platform crossarm=-self-hosted --local-repository "acme/crossarm@v1=$TREE") >"$WORK/$1.log" 2>&1 </dev/null || status=$?
  sed -i 's/\r$//' "$WORK/$1.log"
  cat "$WORK/$1.log"
  return "$status"
}

# annotations NAME: how many errors the runner was told of; it shows just these lines to the user.
annotations() { grep -cE '❗ +::error' "$WORK/$1.log" || true; }

# Processes of jobs that are still there.
left_over() {
  local process
  for process in /proc/[0-9]*; do
    if grep -qxz "MARK=$MARK" "$process/environ"; then
      printf '%s %s\n' "${process#/proc/}" "$(tr '\0' ' ' <"$process/cmdline")"
    fi
  done 2>/dev/null
}
