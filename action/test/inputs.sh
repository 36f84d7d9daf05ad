# Part of test-action: what the action's script does with its inputs, which is to hand them on unseen; what they mean is tested with
# `crossarm build`. A stand-in for crossarm writes down what it gets.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2016 # hostile inputs are not to be expanded

stand_in=$WORK/stand-in
mkdir -p "$stand_in/bin" "$stand_in/old"
cat >"$stand_in/bin/crossarm" <<'STAND_IN'
#!/usr/bin/env bash
[[ $1 != --action-inputs ]] || { echo 1; exit; }
printf '%s\n' "$@" >"$RECORD"
env -0 >"$RECORD.environment"
STAND_IN
# As crossarm was before it read inputs: what it does not know ends with 64.
cat >"$stand_in/old/crossarm" <<'STAND_IN'
#!/usr/bin/env bash
[[ $* == --version ]] && echo "crossarm 0.0.9" && exit
touch "$RECORD"
echo "error: unknown option $1" >&2
exit 64
STAND_IN
chmod +x "$stand_in/bin/crossarm" "$stand_in/old/crossarm"
RECORD=$stand_in/arguments PWNED=$stand_in/pwned

# action FOLDER NAME=VALUE...: runs the script with these inputs, as a runner would, and the crossarm of this folder.
action() {
  local pair name folder=$1 variables=("RECORD=$RECORD" "GITHUB_WORKSPACE=$WORK" "GITHUB_ACTIONS=true" "HOME=$stand_in" "PWNED=$PWNED")
  shift
  variables+=("PATH=$folder:/usr/bin:/bin" CROSSARM_ACTION_REPOSITORY=acme/crossarm)
  for pair in "$@"; do
    name=${pair%%=*} name=${name^^}
    variables+=("CROSSARM_INPUT_${name//-/_}=${pair#*=}")
  done
  rm -f "$RECORD"
  (cd "$WORK" && env -i "${variables[@]}" "$TREE/action/run")
}

# hands_on NAME VALUE: crossarm is asked to read its inputs, and finds exactly this value.
hands_on() {
  action "$stand_in/bin" "$1=$2" || return
  [[ ! -e $PWNED ]] || { echo "an input was run"; return 1; }
  [[ $(<"$RECORD") == $'build\n--inputs-from-env' ]] || { cat "$RECORD"; return 1; }
  local entry
  while IFS= read -r -d '' entry; do
    [[ $entry != "CROSSARM_INPUT_${1^^}=$2" ]] || return 0
  done <"$RECORD.environment"
  return 1
}

environment_is_clean() {
  action "$stand_in/bin" bin=a || return
  ! grep -qz '^CROSSARM_ACTION' "$RECORD.environment"
}

older_is_named() {
  local output status=0
  output=$(action "$stand_in/old" 2>&1) || status=$?
  printf '%s\n' "$output"
  [[ $status -eq 78 && ! -s $RECORD && $(wc -l <<<"$output") -eq 1 ]] || { echo "status $status"; return 1; }
  [[ $output == "::error title=crossarm%3A too old for this action::$stand_in/old/crossarm is crossarm 0.0.9, "*"sudo crossarm provision"* ]]
}

becomes_crossarm() {
  local waiting=$stand_in/waiting process
  mkdir -p "$waiting"
  printf '#!/usr/bin/env bash\n[[ $1 != --action-inputs ]] || { echo 1; exit; }\necho $$ >"$RECORD"\nexec sleep 60\n' >"$waiting/crossarm"
  chmod +x "$waiting/crossarm"
  rm -f "$RECORD"
  env -i PATH="$waiting:/usr/bin:/bin" RECORD="$RECORD" GITHUB_WORKSPACE="$WORK" "$TREE/action/run" &
  process=$!
  for _ in {1..100}; do [[ ! -s $RECORD ]] || break; sleep 0.1; done
  kill "$process"
  wait "$process" || true
  [[ $(<"$RECORD") == "$process" ]]
}

hostile='$(touch $PWNED)`touch $PWNED`;touch $PWNED'

check "inputs are left to crossarm" hands_on bin a
check "hostile ones arrive as they are" hands_on args "$hostile"
check "so do several lines" hands_on package $'one\n--two\n::error::three'
check "the value of cpp is not run either" hands_on cpp "$hostile"
check "the build does not see the action's own variables" environment_is_clean
check "a crossarm that is too old is named, with its version and what to do (78)" older_is_named
check "the script becomes crossarm, so that a signal reaches it" becomes_crossarm
