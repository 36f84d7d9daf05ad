#!/usr/bin/env bash
# Runs COMMAND as long as standard input stays open; when the other end closes it, be it by
# kill -9, everything COMMAND started ends too. Must be process 1 of its own process namespace.
#
# usage: unshare --mount --pid --fork ... guarded.sh COMMAND... <LIFELINE
set -euo pipefail
exec 3<&0 </dev/null
trap 'exit 143' TERM
"$@" 3<&- &
job=$!
(
  cat <&3 >/dev/null
  kill -TERM 1
) >/dev/null 2>&1 &
exec 3<&-
status=0
wait "$job" || status=$?
exit "$status"
