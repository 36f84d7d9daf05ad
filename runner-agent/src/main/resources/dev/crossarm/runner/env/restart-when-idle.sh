#!/usr/bin/env bash
# Restarts a runner's service as soon as no job runs from its directory.
# Put here by crossarm provision; started by it, through systemd-run, when a runner is busy that has to read its .env again.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: restart-when-idle UNIT DIRECTORY

Waits until the runner in DIRECTORY has no job, then restarts the systemd service UNIT. Needs root.
A service that has been restarted by somebody else in the meantime is restarted all the same.
TEXT
}

case "$*" in
  --help | -h)
    usage
    exit 0
    ;;
esac
if [[ $# -ne 2 ]]; then
  usage >&2
  exit 64
fi
unit=$1
if ! directory=$(readlink -e -- "$2"); then
  echo "restart-when-idle: there is no directory $2" >&2
  exit 66
fi

# Finds a program of the runner: the first word of its command line, or the second when an interpreter comes first.
job=
find_program() { # NAME
  local process word file
  local -a words
  for process in /proc/[0-9]*; do
    words=()
    { mapfile -d '' -n 2 -t words <"$process/cmdline"; } 2>/dev/null || continue
    for word in "${words[@]}"; do
      [[ $word == /*/$1 ]] || continue
      file=$(readlink -m -- "$word")
      if [[ $file == "$directory"/* ]]; then
        job=$process
        return 0
      fi
    done
  done
  return 1
}

# Between taking a job and starting its Worker, only the listener's log tells of it (as RunnerBusy reads it). The log is the jobs' account's, so it is read as
# that account, whatever lies in its place.
# shellcheck disable=SC2016 # that account's shell expands it
told='
cd -- "$1/_diag" 2>/dev/null || exit 1
find . -maxdepth 1 -type f -name "Runner_*.log" -newermt "@$2" -printf "%T@ %f\n" | sort -rn | head -n 8 | while read -r _ page; do
  tail -c 16777216 -- "$page" | awk '"'"'
    match($0, /Send job request message to worker for job [^ .]*/) { job = substr($0, RSTART + 43, RLENGTH - 43); state = "open" }
    match($0, /finish job request for job [^ .]*/) && (job == "" || job == substr($0, RSTART + 27, RLENGTH - 27)) { state = "over" }
    END { if (state != "") print state }'"'"'
done | head -n 1 | grep -qx open
'
job_is_taken() {
  local stat uptime start
  find_program Runner.Listener || return 1
  { stat=$(<"$job/stat") && read -r uptime _ </proc/uptime; } 2>/dev/null || return 1
  # Field 22, in hundredths of a second since the machine started; with the two seconds that clocks may differ by.
  read -r -a fields <<<"${stat##*)}"
  start=$(($(date +%s) - ${uptime%.*} + fields[19] / 100 - 2))
  setpriv --reuid="$(stat -c %u "$directory")" --regid="$(stat -c %g "$directory")" --clear-groups -- \
    timeout 30 bash -c "$told" bash "$directory" "$start"
}

while true; do
  if find_program Runner.Worker; then
    # Looking at one process is cheaper than looking for it among all.
    while [[ -e $job ]]; do
      sleep 1
    done
  elif job_is_taken; then
    sleep 0.2
  else
    break
  fi
done
echo "no job runs from $directory: restarting $unit"
exec systemctl restart -- "$unit"
