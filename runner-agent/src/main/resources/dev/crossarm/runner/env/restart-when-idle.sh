#!/usr/bin/env bash
# Restarts a runner's service as soon as no job runs from its directory.
# Put here by crossarm provision; started by it, through systemd-run, when a runner is busy that has to read its .env again.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: restart-when-idle UNIT DIRECTORY

Waits until no Runner.Worker runs from DIRECTORY, then restarts the systemd service UNIT. Needs root.
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

# Finds a job, a Runner.Worker: the first word of its command line, or the second when an interpreter comes first.
job=
job_runs() {
  local process word file
  local -a words
  for process in /proc/[0-9]*; do
    words=()
    { mapfile -d '' -n 2 -t words <"$process/cmdline"; } 2>/dev/null || continue
    for word in "${words[@]}"; do
      [[ $word == /*/Runner.Worker ]] || continue
      file=$(readlink -m -- "$word")
      if [[ $file == "$directory"/* ]]; then
        job=$process
        return 0
      fi
    done
  done
  return 1
}

while job_runs; do
  # Looking at one process is cheaper than looking for it among all.
  while [[ -e $job ]]; do
    sleep 1
  done
done
echo "no job runs from $directory: restarting $unit"
exec systemctl restart -- "$unit"
