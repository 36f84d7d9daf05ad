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
    fail "$EX_UNAVAILABLE" "a JDK of Java 17 or newer is needed, and the java found here is not part of one" \
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

# As root: refuses a checkout that an account other than root and the caller of sudo can change, as root would run what
# that account puts there.
require_own_checkout() {
  [[ $EUID -eq 0 ]] || return 0
  local uid=${SUDO_UID:-0} gid=${SUDO_GID:-0} folder foreign
  [[ $uid =~ ^[0-9]+$ ]] || uid=0
  # The caller's group counts as the caller when nobody else is in it, as Debian makes them.
  [[ $gid =~ ^[0-9]+$ ]] && only_member "$uid" "$gid" || gid=0
  local others=('(' ! -uid 0 ! -uid "$uid" ')' -o -perm -o+w -o '(' -perm -g+w ! -gid 0 ! -gid "$gid" ')')
  foreign=$(find "$ROOT" ! -type l '(' "${others[@]}" ')' -print -quit)
  folder=$ROOT
  while [[ -z $foreign && $folder != / ]]; do
    folder=$(dirname "$folder")
    # In a sticky folder (/tmp) nobody but its owner can rename what belongs to root or to the caller.
    foreign=$(find "$folder" -maxdepth 0 '(' "${others[@]}" ')' ! '(' -uid 0 -perm -1000 ')')
  done
  [[ -z $foreign ]] ||
    fail "$EX_NOPERM" "not as root: another account can change $foreign, which is part of this checkout or leads to it" \
      "see who: ls -ld $(printf '%q' "$foreign")" \
      "as root, with a copy of root's own: cp -R $(printf '%q' "$ROOT") /root/crossarm && /root/crossarm/scripts/install"
}

only_member() { # UID GID
  local name members
  name=$(getent passwd "$1" | cut -d: -f1)
  members=$(getent group "$2" | cut -d: -f4)
  [[ -n $name && (-z $members || $members == "$name") ]] &&
    [[ -z $(getent passwd | awk -F: -v uid="$1" -v gid="$2" '$4 == gid && $3 != uid') ]]
}

# Runs a command as the account that owns the checkout: a build by root would leave files there that nobody else can replace.
as_owner() {
  local uid name home
  uid=$(stat -c %u "$ROOT")
  IFS=: read -r name _ _ _ _ home _ < <(getent passwd "$uid") || true
  if [[ $EUID -ne 0 || $uid -eq 0 || -z ${name:-} ]]; then
    "$@"
  else
    setpriv --reuid="$uid" --regid="$(id -g "$name")" --init-groups -- \
      env HOME="$home" USER="$name" LOGNAME="$name" TMPDIR=/tmp "$@"
  fi
}

# Builds the agent when its sources have changed.
build_agent() {
  local stamp=$ROOT/runner-agent/target/crossarm.sources digest
  digest=$(sources_digest)
  if agent_is_built "$stamp" "$digest"; then
    return 0
  fi
  need_java_build
  # shellcheck disable=SC2016 # expanded there
  as_owner bash -c 'set -euo pipefail; source "$1/scripts/lib/common.sh"; build_with_maven "$2" "$3"' bash "$ROOT" "$stamp" "$digest" ||
    exit $?
}

# Says every ten seconds that the work goes on, for as long as this script does: what is started in the background hears no Ctrl-C.
tell_time() {
  local seconds=0
  while sleep 10 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    seconds=$((seconds + 10))
    say "  ... $seconds s"
  done
}

# Two builds at once wait for each other.
build_with_maven() { # STAMP DIGEST
  local stamp=$1 digest=$2 lock log ticker status target=$ROOT/runner-agent/target foreign
  mkdir -p "$target" ||
    fail "$EX_CANTCREAT" "cannot build here: $target cannot be made" "check rights and space of $ROOT"
  # Java writes its class archive read-only: what is our own is in nobody's way.
  foreign=$(find "$target" ! -user "$(id -u)" ! -writable ! -type l -print -quit)
  [[ -z $foreign ]] ||
    fail "$EX_NOPERM" "cannot build here: $foreign belongs to $(stat -c %U "$foreign"), who built here before" \
      "sudo chown -R $(id -un): $(printf '%q' "$target")"
  exec {lock}>"$target/.build-lock"
  flock "$lock"
  if agent_is_built "$stamp" "$digest"; then
    exec {lock}>&-
    return 0
  fi
  say "building the agent (mvn package; the first time it also downloads what it is made of) ..."
  log=$target/build.log
  tell_time {lock}>&- >/dev/null &
  ticker=$!
  status=0
  (cd "$ROOT" && mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package) >"$log" 2>&1 {lock}>&- || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [[ $status -ne 0 ]]; then
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
