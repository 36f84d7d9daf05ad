# Part of test-action: real workflows, real builds. The projects need no crate from anywhere, so they build in seconds.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2016 # shell lines of workflows expand there

# output NAME KEY [INDEX]: an output of the action, or one of several.
output() {
  python3 - "$WORK/kept/$1/outputs.json" "$2" "${3:-}" <<'PY'
import json, sys
value = json.load(open(sys.argv[1], encoding="utf-8"))[sys.argv[2]]
print(json.loads(value)[int(sys.argv[3])] if sys.argv[3] else value)
PY
}

# succeeds NAME [TEXT]: the workflow succeeds, tells of no error, and says this.
succeeds() {
  act "$1" || return
  [[ $(annotations "$1") -eq 0 ]] || { echo "it tells of errors"; return 1; }
  [[ -z ${2:-} ]] || grep -qE -- "$2" "$WORK/$1.log" || { echo "it does not say: $2"; return 1; }
}

# fails_once NAME STATUS TEXT: the step fails with this status and tells of one error, which says this.
fails_once() {
  local status=0
  act "$1" || status=$?
  [[ $status -ne 0 ]] || { echo "it succeeded"; return 1; }
  [[ $(annotations "$1") -eq 1 ]] || { echo "it tells of $(annotations "$1") errors instead of one"; return 1; }
  grep -qE -- "$3" < <(grep -E '❗ +::error' "$WORK/$1.log") || { echo "the error does not say: $3"; return 1; }
  grep -qE "exit status ($2)\$" "$WORK/$1.log" || { echo "the status is not $2"; return 1; }
}

# The program that was built greets, is static, and is the one that the outputs speak of.
greets() { # NAME PROGRAM TEXT
  local file=$WORK/kept/$1/$2
  [[ $("$file") == "$3" ]] && "$WORK/bin/crossarm" inspect "$file"
}

outputs_are_true() { # NAME PROGRAM
  local file=$WORK/kept/$1/$2
  cat "$WORK/kept/$1/outputs.json"
  [[ $(output "$1" sha256) == "$(sha256sum "$file" | cut -d ' ' -f 1)" && $(output "$1" size) == "$(stat -c %s "$file")" ]] || return
  [[ $(output "$1" static) == true && $(output "$1" seconds) =~ ^[0-9]+(\.[0-9]+)?$ ]] || return
  [[ $(basename "$(output "$1" binary)") == "$2" ]]
}

# Not a pipe: a reader that has seen enough would end the writer by a signal, and pipefail make that a failure.
summary_names() { # NAME TEXT: what the step wrote for the run's page
  grep -qF -- "$2" < <(grep -E 'Summary - ' -A 60 "$WORK/$1.log")
}

# --- success, in its kinds -------------------------------------------------------------------------------------------

project plain greeter
build plain 'args: --locked' 'run: true' 'archive: true' 'test: true'
cat >>"$WORK/plain/src/main.rs" <<'RUST'
#[test]
fn is_run_for_the_target() {
    assert!(cfg!(target_env = "musl"));
}
RUST
repository plain
archive_holds_the_program() {
  local name files
  name=$(basename "$(output plain archive)")
  files=$(tar -tzf "$WORK/kept/plain/$name") && [[ $files == *greeter* ]]
}
check "a workflow with one line of ours succeeds" succeeds plain "1 passed"
check "the program runs, and is static" greets plain greeter "hello from greeter"
check "the outputs are true" outputs_are_true plain greeter
check "the archive holds the program" archive_holds_the_program
check "the summary names the program" summary_names plain greeter

mkdir -p "$WORK/several/src/bin"
project several both
rm "$WORK/several/src/main.rs"
for name in import export other; do printf 'fn main() { println!("%s"); }\n' "$name" >"$WORK/several/src/bin/$name.rs"; done
build several 'bin: |' '  import' '  export'
both_are_there() {
  greets several import import && greets several export export || return
  [[ ! -e $WORK/kept/several/other ]] || return
  [[ $(basename "$(output several binary 0)") == @(import|export) && $(output several static) == true &&
    $(output several binaries 1) == "$(output several binary 1)" ]]
}
check "several programs" succeeds several
check "the outputs are lists then, and hold what was asked for" both_are_there

# A workspace in a folder of a larger repository; blanks in its name, a profile of its own.
monorepo=services/"my tools"
project "mono/$monorepo/crates/one" one
project "mono/$monorepo/crates/two" two
rm "$WORK/mono/$monorepo"/crates/*/Cargo.lock
printf '[workspace]\nmembers = ["crates/one", "crates/two"]\nresolver = "2"\n[profile.small]\ninherits = "release"\nopt-level = "s"\n' \
  >"$WORK/mono/$monorepo/Cargo.toml"
printf 'read me\n' >"$WORK/mono/$monorepo/read it's me.txt"
build mono "working-directory: services/my tools" 'package: two' 'profile: small' 'lambda: true' "include: read it's me.txt"
profile_is_in_the_path() { [[ $(output mono binary) == *"/services/my tools/target/x86_64-unknown-linux-musl/small/two" ]]; }
zip_is_right() {
  local file
  file=$WORK/kept/mono/$(basename "$(output mono zip)")
  unzip -tq "$file" && python3 - "$file" "$WORK/kept/mono/two" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    entries = {entry.filename: entry for entry in archive.infolist()}
    assert set(entries) == {"bootstrap", "read it's me.txt"}, entries
    assert entries["bootstrap"].external_attr >> 16 & 0o777 == 0o755, oct(entries["bootstrap"].external_attr >> 16)
    assert entries["bootstrap"].create_system == 3
    assert archive.read("bootstrap") == open(sys.argv[2], "rb").read()
PY
}
check "one package of a workspace below the root, in a folder with blanks, without a lock file" succeeds mono
check "it lies where its profile puts it" profile_is_in_the_path
check "the program runs" greets mono two "hello from two"
check "the zip holds bootstrap and the file, with the right modes" zip_is_right

# The example function, from the crates it names; unoptimised, since what it answers does not depend on that.
cp -R "$ROOT/examples/lambda-function" "$WORK/function"
rm -rf "$WORK/function/target"
workflow function <<YAML
on: push
jobs:
  build:
    runs-on: crossarm
    steps:
      - uses: actions/checkout@v7
      - id: build
        uses: \$USES
        with: { profile: dev, strip: true, lambda: true, args: --locked }
        # Its crates are compiled once: the cache outlives this run.
        env: { CARGO_NET_OFFLINE: 'false', XDG_CACHE_HOME: '$HOST/cache' }
      - env:
          OUTPUTS: \${{ toJSON(steps.build.outputs) }}
        run: python3 '$ROOT/action/test/keep.py' '$WORK/kept/function'
YAML
check "a Lambda function" succeeds function
check "its zip answers an event as Lambda would give it" "$ROOT/examples/lambda-function/test/answers" "$WORK/kept/function/lambda-function.zip"

# --- each kind of failure: one annotation ----------------------------------------------------------------------------

project broken broken $'fn main() {\n    let number: u32 = "text";\n}'
build broken
check "an error in the project's own code is one annotation, at its line" fails_once broken 101 'file=src/main.rs,line=2.*::mismatched types'

# A crate of that name, since the real one would have to be fetched.
project cpp cpp
project cpp/rocksdb librocksdb-sys
mv "$WORK/cpp/rocksdb/src/main.rs" "$WORK/cpp/rocksdb/src/lib.rs"
rm "$WORK/cpp/rocksdb/Cargo.lock"
printf 'pub fn nothing() {}\n' >"$WORK/cpp/rocksdb/src/lib.rs"
printf '[dependencies]\nlibrocksdb-sys = { path = "rocksdb" }\n' >>"$WORK/cpp/Cargo.toml"
printf 'dependencies = ["librocksdb-sys"]\n\n[[package]]\nname = "librocksdb-sys"\nversion = "0.1.0"\n' >>"$WORK/cpp/Cargo.lock"
build cpp
check "a crate that needs C++ is named before anything is compiled" fails_once cpp '[0-9]+' 'librocksdb-sys.*C\+\+|C\+\+.*librocksdb-sys'

project dynamic dynamic
mkdir "$WORK/dynamic/.cargo"
printf '[target.x86_64-unknown-linux-musl]\nrustflags = ["-C", "target-feature=-crt-static", "-C", "linker=/usr/bin/cc"]\n' >"$WORK/dynamic/.cargo/config.toml"
build dynamic
check "a program that is not static fails the check" fails_once dynamic 65 'static|dynamic|interpreter'
cp -R "$WORK/dynamic" "$WORK/tolerated"
rm -rf "$WORK/tolerated/.git"
build tolerated 'checks: warn'
check "with checks: warn it is a warning" succeeds tolerated '::warning title=crossarm::.*linked dynamically'

project library library
mv "$WORK/library/src/main.rs" "$WORK/library/src/lib.rs"
printf '[lib]\ncrate-type = ["cdylib"]\n' >>"$WORK/library/Cargo.toml"
printf 'pub fn nothing() {}\n' >"$WORK/library/src/lib.rs"
build library
check "a package that makes only a shared library is told so" fails_once library '[0-9]+' 'cdylib'

project unlocked unlocked
rm "$WORK/unlocked/Cargo.lock"
build unlocked 'args: --locked'
check "a missing lock file with --locked" fails_once unlocked '[0-9]+' '[Cc]argo\.lock'

project tests tests $'fn main() {}\n#[test]\nfn wrong_sum() {\n    assert_eq!(1 + 1, 3);\n}'
build tests 'test: true'
check "a failing test" fails_once tests 101 'wrong_sum|test'

project smoke smoke 'fn main() { std::process::exit(3); }'
build smoke 'run: true'
check "a program that does not run" fails_once smoke 1 'status 3'

project wrong wrong
build wrong 'profile: "no such"'
check "a wrong input" fails_once wrong 64 "input 'profile'"

# --- hostile text ------------------------------------------------------------------------------------------------------

project hostile hostile 'fn main() { println!("::set-output name=binary::pwned-by-run\n::error::pwned-by-run"); }'
cat >"$WORK/hostile/build.rs" <<'RUST'
fn main() {
    println!("cargo:warning=::error::pwned-by-warning");
    println!("cargo:warning=x\n::set-output name=binary::pwned-by-warning");
    eprintln!("::set-output name=binary::pwned-by-script");
}
RUST
cat >>"$WORK/hostile/src/main.rs" <<'RUST'
#[test]
fn speaks() {
    println!("\n::set-output name=binary::pwned-by-test\n::set-env name=PWNED::1\n::error::pwned-by-test");
}
RUST
build hostile 'test: true' 'run: true' 'args: |' '  -vv' "  --config=env.HOSTILE=\"'; touch $WORK/pwned; \$(touch $WORK/pwned) \""
nothing_was_taken() {
  [[ ! -e $WORK/pwned ]] || { echo "an input was run"; return 1; }
  ! grep -E '(⚙|❗) .*pwned' "$WORK/hostile.log"
}
check "what compilers, scripts, tests and programs say is no command to the runner" succeeds hostile 'pwned-by-'
check "nothing of it was taken" nothing_was_taken
check "the program is the right one" test -x "$WORK/kept/hostile/hostile"

# --- surroundings ------------------------------------------------------------------------------------------------------

# A workspace that cannot be written to, in a mount that goes with the processes that see it.
project fixed fixed
fixed_workflow() { # NAME INPUT
  workflow "$1" <<YAML
on: push
jobs:
  build:
    runs-on: crossarm
    steps:
      - uses: actions/checkout@v7
      - run: mount --bind "\$PWD" "\$PWD" && mount -o remount,bind,ro "\$PWD"
      - id: build
        uses: \$USES
        with: { args: --locked, cache: $2 }
      - env:
          OUTPUTS: \${{ toJSON(steps.build.outputs) }}
        run: python3 '$ROOT/action/test/keep.py' '$WORK/kept/$1'
      - if: always()
        run: cd / && umount "\$GITHUB_WORKSPACE"
YAML
}
fixed_workflow fixed true
cp -R "$WORK/fixed" "$WORK/fixed-uncached"
rm -rf "$WORK/fixed-uncached/.git"
fixed_workflow fixed-uncached false
# shellcheck disable=SC2034 # read by act
in_own_mounts() { ACT_BEFORE=(unshare --mount) && "$@"; }
check "in a workspace that cannot be written to, the program stays in the cache" in_own_mounts succeeds fixed "the workspace is read-only"
check "it is there, and runs" greets fixed fixed "hello from fixed"
check "without the cache it fails, and says where it could not write" in_own_mounts fails_once fixed-uncached '[0-9]+' '[Rr]ead-only'

# GitHub's runner ends the step's process by SIGINT; act would kill it, so the signal comes from here.
project endless endless
printf 'fn main() {\n    std::fs::write(std::env::var("STARTED").unwrap(), "").unwrap();\n    std::thread::sleep(std::time::Duration::from_secs(300));\n}\n' \
  >"$WORK/endless/build.rs"
workflow endless <<YAML
on: push
jobs:
  build:
    runs-on: crossarm
    steps:
      - uses: actions/checkout@v7
      - uses: \$USES
        env:
          STARTED: $WORK/endless-started
YAML
cancelled_leaves_nothing() {
  local child process
  act endless >/dev/null &
  child=$!
  for _ in {1..600}; do [[ ! -e $WORK/endless-started ]] || break; sleep 0.1; done
  [[ -e $WORK/endless-started ]] || { cat "$WORK/endless.log"; return 1; }
  process=$(awk '/ build / && /-jar/ { print $1; exit }' < <(left_over))
  [[ -n $process ]] || { echo "no process to signal among:"; left_over; return 1; }
  kill -INT "$process"
  for _ in {1..75}; do kill -0 "$process" 2>/dev/null || break; sleep 0.1; done
  ! kill -0 "$process" 2>/dev/null || { echo "it did not end in time, before the runner would send SIGTERM"; kill -KILL "$process"; return 1; }
  ! wait "$child" || { echo "the job succeeded"; return 1; }
  [[ -z $(left_over) ]] || { echo "left over:"; left_over; return 1; }
}
check "a cancelled job leaves no process" cancelled_leaves_nothing

# Each build waits for the other to have started, so neither can have waited for the other's end.
project together together
cat >"$WORK/together/build.rs" <<'RUST'
use std::{env, fs, process, thread, time::Duration};
fn main() {
    println!("cargo:rerun-if-env-changed=COPY");
    let folder = env::var("MEETING").unwrap();
    fs::create_dir_all(&folder).unwrap();
    fs::write(format!("{folder}/{}", env::var("COPY").unwrap()), "").unwrap();
    for _ in 0..600 {
        if fs::read_dir(&folder).unwrap().count() == 2 {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    process::exit(1);
}
RUST
workflow together <<YAML
on: push
jobs:
  build:
    runs-on: crossarm
    strategy:
      matrix:
        copy: [one, two]
    steps:
      - uses: actions/checkout@v7
      - uses: \$USES
        env:
          MEETING: $WORK/meeting
          COPY: \${{ matrix.copy }}
YAML
check "two jobs at once on one host do not wait for each other" succeeds together
