# For `run`: telling the workflow what is wrong, and getting crossarm.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2154 # `here` is the folder of `run`

# shellcheck source=../scripts/lib/release.sh
source "$here/../scripts/lib/release.sh"

# What follows `::error` in a step's output is read by the runner: no line of ours may end it early or start another.
workflow_text() { # TEXT
  local text=$1
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}

workflow_title() { # TEXT
  local text
  text=$(workflow_text "$1")
  text=${text//:/%3A}
  printf '%s' "${text//,/%2C}"
}

stop() { # STATUS TITLE MESSAGE
  printf '::error title=%s::%s\n' "$(workflow_title "$2")" "$(workflow_text "$3")"
  exit "$1"
}

note() { printf 'crossarm: %s\n' "$*"; }

# Runs a command to its end in a session of its own, with no standard input. A signal that ends this script ends all of it:
# a cancelled job signals only the process it started.
attended() {
  local child status=0 signalled=
  setsid -- "$@" </dev/null &
  child=$!
  trap 'signalled=130; kill -TERM -- "-$child" 2>/dev/null || true' INT
  trap 'signalled=143; kill -TERM -- "-$child" 2>/dev/null || true' TERM
  # A signal ends wait, not the child.
  while wait "$child" || status=$?; [[ $status -gt 128 ]] && kill -0 "$child" 2>/dev/null; do status=0; done
  trap - INT TERM
  [[ -z $signalled ]] || exit "$signalled"
  return "$status"
}

# Whether packages can be installed without a question.
can_install() { [[ $EUID -eq 0 ]] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

# Whether crossarm finds a Java it can run on.
have_java() { "$CROSSARM" --java >/dev/null 2>&1; }

# Sees to one, in JAVA_HOME where it must be named. Jobs set up older ones for themselves, and GitHub's own machines name theirs
# in JAVA_HOME_<version>_<architecture>.
need_java() {
  local variable package
  if have_java; then
    return 0
  fi
  for variable in "${!JAVA_HOME_@}"; do
    if JAVA_HOME=${!variable} have_java; then
      export JAVA_HOME=${!variable}
      return 0
    fi
  done
  package=$("$CROSSARM" --java-package jre)
  can_install || stop 69 "crossarm: Java is missing" \
    "crossarm runs on Java 17 or newer, and there is none here. Install it on this machine: sudo apt-get install $package"
  note "installing Java"
  # shellcheck disable=SC2016 # expands there
  attended bash -c 'source "$1/scripts/lib/common.sh" && need_packages "$2"' - "$repository" "$package" ||
    stop 69 "crossarm: Java is missing" "Java could not be installed, as shown above."
  have_java || stop 69 "crossarm: Java is too old" \
    "the Java installed here is older than 17. Choose a newer one on this machine: sudo update-alternatives --config java"
}

refuse() { stop "$@"; }

# Sets JAR to the release's, where this very commit of the action is one; returns 1 where it is not.
released_jar() {
  local folder
  release_of "$here/release.sha256" || return 1
  folder=${RUNNER_TOOL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}}
  [[ -d $folder && -w $folder ]] || mkdir -p "$folder" 2>/dev/null || folder=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
  JAR=$folder/crossarm/$RELEASE_DIGEST/crossarm.jar
  if is_digest "$JAR" "$RELEASE_DIGEST"; then
    return 0
  fi
  repository_name && fetch_release "${GITHUB_SERVER_URL:-https://github.com}/$REPOSITORY_NAME" "$JAR"
}

# OWNER/NAME of the action's repository. The context is empty for actions used by actions (actions/runner#2473), and then
# the folder tells, which the runner names .../_actions/OWNER/NAME/REF/....
repository_name() {
  local pattern='^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$' rest
  for REPOSITORY_NAME in "${CROSSARM_ACTION_REPOSITORY:-}" "${GITHUB_ACTION_REPOSITORY:-}"; do
    [[ ! $REPOSITORY_NAME =~ $pattern ]] || return 0
  done
  rest=${here##*/_actions/}
  [[ $rest != "$here" ]] || return 1
  REPOSITORY_NAME=$(cut -d / -f 1,2 <<<"$rest")
  [[ $REPOSITORY_NAME =~ $pattern ]]
}

# Whether the crossarm found here takes what `run` calls it with. Asked of its launcher, which need not start Java for that.
reads_inputs() { [[ $("$CROSSARM" --action-inputs 2>/dev/null) == 1 ]]; }

version_of() { # COMMAND
  local version
  version=$("$1" --version 2>/dev/null | head -n 1) || true
  version=${version//[^[:print:]]/ }
  printf '%s' "${version:-an unknown version of crossarm}"
}

# Sets CROSSARM to a command that can build here. One on PATH belongs to a provisioned runner and is taken as it is; any
# other is provisioned in the account of this job.
prepare_crossarm() { # CPP
  local found options=(--scope user)
  repository=$here/..
  if found=$(type -P crossarm) && [[ -n $found ]]; then
    CROSSARM=$found
    reads_inputs || stop 78 "crossarm: too old for this action" \
      "$found is $(version_of "$found"), which cannot read this action's inputs. Update crossarm on this machine (sudo ./scripts/install in \
a checkout of the newer release, then sudo crossarm provision), or use the action of the release that is installed there."
    return 0
  fi
  printf '::group::crossarm: setting up this machine\n'
  CROSSARM=$repository/scripts/lib/launcher
  need_java
  if released_jar; then
    export CROSSARM_JAR=$JAR
  else
    note "building crossarm from $(cd "$repository" && pwd)"
    attended "$repository/scripts/crossarm" --version ||
      stop 69 "crossarm: cannot be built" "crossarm is not on PATH here, and building it failed, as shown above."
    export CROSSARM_JAR=$repository/runner-agent/target/crossarm.jar
  fi
  export CROSSARM_SCOPE=user CROSSARM_SET_UP_BY_JOB=1
  # A mistake in the workflow is told before minutes are spent on the machine.
  "$CROSSARM" build --inputs-from-env=check || exit
  [[ $(uname -m) != x86_64 ]] || options+=(--here)
  [[ -z $1 ]] || options+=(--cpp)
  # In user scope packages are not installed, but for root; they go in on the whole machine, where nobody has to be asked.
  if [[ $EUID -ne 0 ]] && can_install; then
    attended sudo -n -- env "PATH=$PATH" ${JAVA_HOME:+"JAVA_HOME=$JAVA_HOME"} "CROSSARM_JAR=$CROSSARM_JAR" "$CROSSARM" \
      provision --yes --scope system --only packages,build-tools "${options[@]:2}" ||
      stop $? "crossarm: packages are missing" "Installing packages failed, as shown above."
  fi
  attended "$CROSSARM" provision --yes "${options[@]}" ||
    stop $? "crossarm: this machine is not set up" "crossarm provision failed, as shown above."
  printf '::endgroup::\n'
}
