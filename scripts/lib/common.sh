# Shared by the scripts of this repository: messages, missing packages, the built agent.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT

# Exit statuses, the agent's own.
# shellcheck disable=SC2034 # for the scripts that source this
readonly EX_USAGE=64 EX_UNAVAILABLE=69 EX_CANTCREAT=73 EX_NOPERM=77

say() { printf '%s\n' "$*" >&2; }
step() { printf '\n==> %s\n' "$*" >&2; }

fail() { # STATUS SUMMARY [REMEDY...]
  local status=$1 summary=$2
  shift 2
  printf 'error: %s\n' "$summary" >&2
  for remedy in "$@"; do printf '  try: %s\n' "$remedy" >&2; done
  exit "$status"
}

# Runs a command as root: as we are, or through sudo where that asks nothing.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  else
    sudo -n -- "$@"
  fi
}

can_be_root() { [[ $EUID -eq 0 ]] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

have_package() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# Installs the packages that are missing, and says which.
need_packages() {
  local missing=() package
  for package in "$@"; do
    have_package "$package" || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  command -v apt-get >/dev/null ||
    fail "$EX_UNAVAILABLE" "this is not Debian or Ubuntu: apt-get is missing, and so are ${missing[*]}"
  can_be_root ||
    fail "$EX_NOPERM" "packages are missing and installing them needs root" \
      "sudo apt-get install --no-install-recommends ${missing[*]}"
  say "installing: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
      as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -o DPkg::Lock::Timeout=600 install -qy --no-remove --no-install-recommends "${missing[@]}"
  } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "$EX_UNAVAILABLE" "installing ${missing[*]} failed, as shown above" \
      "sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  rm -f "$log"
}

# The Java that runs crossarm, when it belongs to a JDK: its path.
java_of_jdk() {
  local java resolved
  java=$("$ROOT/scripts/lib/launcher" --java 2>/dev/null) && resolved=$(readlink -f "$java") && [[ -x ${resolved%/java}/javac ]] &&
    printf '%s' "$java"
}

# Maven and a JDK that is new enough, named in JAVA_HOME where Maven would take another.
need_java_build() {
  local java tools=()
  java=$(java_of_jdk) || tools+=("$("$ROOT/scripts/lib/launcher" --java-package jdk)")
  command -v mvn >/dev/null || tools+=(maven)
  need_packages "${tools[@]}"
  [[ -n $java ]] || java=$(java_of_jdk) ||
    fail "$EX_UNAVAILABLE" "a JDK of Java 17 or newer is needed, and the java used here belongs to none" \
      "choose another that is installed: sudo update-alternatives --config java"
  case $java in
    "${JAVA_HOME:-}/bin/java") ;;
    "$(command -v java)") unset JAVA_HOME ;;
    *) export JAVA_HOME=${java%/bin/java} ;;
  esac
}

JAR=$ROOT/runner-agent/target/crossarm.jar
readonly JAR

# What the jar is made of, as one digest: a build is needed when it changes, whatever the times of the files say.
sources_digest() {
  (cd "$ROOT" && find pom.xml runner-agent/pom.xml runner-agent/src/build runner-agent/src/main -type f -print0 | sort -z |
    xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

# Of these sources, with a class archive of the very jar, if it has one: maven packages it anew for its tests.
agent_is_built() { # STAMP DIGEST
  [[ -f $JAR && -f $1 && $(<"$1") == "$2" ]] && ! [[ -f ${JAR%.jar}.jsa && $JAR -nt ${JAR%.jar}.jsa ]]
}

# Builds the agent when its sources have changed. Two builds at once wait for each other.
build_agent() {
  local stamp=$ROOT/runner-agent/target/crossarm.sources digest lock log
  digest=$(sources_digest)
  if agent_is_built "$stamp" "$digest"; then
    return 0
  fi
  need_java_build
  mkdir -p "$ROOT/runner-agent/target" ||
    fail "$EX_CANTCREAT" "cannot build here: $ROOT/runner-agent/target cannot be made" "check rights and space of $ROOT"
  exec {lock}>"$ROOT/runner-agent/target/.build-lock"
  flock "$lock"
  if agent_is_built "$stamp" "$digest"; then
    exec {lock}>&-
    return 0
  fi
  say "building the agent (mvn package) ..."
  log=$ROOT/runner-agent/target/build.log
  if ! (cd "$ROOT" && mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package) >"$log" 2>&1 {lock}>&-; then
    tail -n 30 "$log" >&2
    fail "$EX_UNAVAILABLE" "building the agent failed; all output: $log" "cd $ROOT && mvn package"
  fi
  make_class_archive "$JAR" "${JAR%.jar}.jsa"
  printf '%s' "$digest" >"$stamp"
  exec {lock}>&-
}

# A class-data archive halves the start-up time. Made by the Java that will use it, from what a rehearsal loads (which
# writes nothing and uses no network; what its check finds does not matter here). Without it all works, slower.
make_class_archive() { # JAR ARCHIVE
  local temporary=$2.$$.tmp
  CROSSARM_JAR=$1 "$ROOT/scripts/lib/launcher" --class-archive "$temporary" >/dev/null 2>&1 </dev/null || true
  if [[ -s $temporary ]]; then
    mv -f "$temporary" "$2"
  else
    rm -f "$temporary"
  fi
}
