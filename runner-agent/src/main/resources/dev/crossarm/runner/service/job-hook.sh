#!/usr/bin/env bash
# Writes the record of a job's start or end, then runs the hooks of this machine's administrator. Started by job-started.sh and
# job-completed.sh beside it. Ends with 79 when one of those hooks failed and says in its first lines that this fails the job.
set -u
event=${1:?started or completed}
hooks=${CROSSARM_HOOKS:-/etc/crossarm/hooks}/job-$event.d
refused=79

# A text as JSON has it; what cannot be printed becomes a blank.
json() {
  local text=${1//[[:cntrl:]]/ }
  text=${text:0:300}
  text=${text//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

record() {
  local folder=${CROSSARM_JOB_RECORDS:-} name now
  [[ -n $folder ]] || return 0
  mkdir -p -- "$folder" 2>/dev/null || return 0
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  name=$(date -u +%Y%m%dT%H%M%S.%N)-$event-$$
  {
    printf '{"schema":"1","event":%s,"time":%s,"job":%s,"workflow":%s,"repository":%s,"run":%s,"attempt":%s,"runner":%s}\n' \
      "$(json "$event")" "$(json "$now")" "$(json "${GITHUB_JOB:-}")" "$(json "${GITHUB_WORKFLOW:-}")" \
      "$(json "${GITHUB_REPOSITORY:-}")" "$(json "${GITHUB_RUN_ID:-}")" "$(json "${GITHUB_RUN_ATTEMPT:-}")" \
      "$(json "${RUNNER_NAME:-}")" >"$folder/.$name.new" && mv -- "$folder/.$name.new" "$folder/$name.json"
  } 2>/dev/null || rm -f -- "$folder/.$name.new"
}

# Whether only root can change this, and the folders it lies in. A link is none of it.
roots_own() { # PATH
  local path=$1 mode
  while :; do
    [[ ! -L $path && $(stat -c %u -- "$path" 2>/dev/null) == "${CROSSARM_HOOKS_OWNER:-0}" ]] || return 1
    mode=$(stat -c %a -- "$path")
    (((8#$mode & 8#22) == 0 || (8#$mode & 8#1000) != 0)) || return 1
    [[ $path != / ]] || return 0
    # Above the folder of the hooks nothing but root's can be trusted to stay.
    path=${path%/*}
    path=${path:-/}
    [[ -z ${CROSSARM_HOOKS_OWNER:-} ]] || [[ $path != "${CROSSARM_HOOKS%/*}" ]] || return 0
  done
}

# A line `# crossarm: NAME=VALUE` among the first ten of a script.
setting() { # FILE NAME
  head -c 4096 -- "$1" | head -n 10 | tr -d '\0' | sed -n "s/^# *crossarm: *$2=\([a-z0-9-]*\) *\$/\1/p" | head -n 1
}

run_hook() { # FILE; 79 when it failed and that fails the job
  local file=$1 deadline on_failure ended=0
  deadline=$(setting "$file" deadline)
  [[ $deadline =~ ^[0-9]{1,3}$ && $deadline -ge 1 ]] || deadline=60
  on_failure=$(setting "$file" on-failure)
  timeout --kill-after=5 "$deadline" "$file" </dev/null || ended=$?
  ((ended != 0)) || return 0
  local how="ended with status $ended"
  ((ended != 124 && ended != 137)) || how="did not end within $deadline s"
  if [[ $on_failure == fail-job ]]; then
    echo "::error title=Hook::$file $how, which fails this job"
    return "$refused"
  fi
  echo "::warning title=Hook::$file $how; the job goes on"
  return 0
}

record
[[ -d $hooks ]] || exit 0
if ! roots_own "$hooks"; then
  echo "::warning title=Hook::$hooks is not root's alone, so nothing in it is run"
  exit 0
fi
failed=0
for file in "$hooks"/*; do
  [[ -e $file && ${file##*/} =~ ^[A-Za-z0-9_.-]+$ && $file != *~ && $file != *.bak && $file != *.dpkg-* ]] || continue
  if [[ ! -f $file || ! -x $file ]]; then
    echo "::warning title=Hook::$file is not a program, so it is not run"
  elif ! roots_own "$file"; then
    echo "::warning title=Hook::$file is not root's alone, so it is not run"
  else
    run_hook "$file" || failed=$?
  fi
done
((failed == 0)) || exit "$refused"
exit 0
