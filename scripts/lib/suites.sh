# Runs suites one after the other and adds up what they report.
# shellcheck shell=bash
#
# A suite is a command whose output holds one or more lines `NAME: N passed, N failed` (or surefire's own reports, which
# test-agent turns into such a line). One that ends with another status than its counts say, or that says nothing,
# counts as failed.

passed=0 failed=0 failures=() beside='' beside_pid='' beside_started=0

begin_suites() { # LOG_FOLDER
  LOGS=$1
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
}

broken_suite() { # NAME WHY
  failed=$((failed + 1))
  failures+=("$1: $2")
  say "FAILED $1: $2"
}

suite() { # NAME COMMAND...
  local name=$1 status=0 started=$SECONDS
  shift
  step "suite $name"
  "$@" 2>&1 </dev/null | tee "$LOGS/$name.log" >&2 || status=${PIPESTATUS[0]}
  count_suite "$name" "$status" $((SECONDS - started))
}

# Starts a suite beside the others; its output goes to its log only. At most one at a time.
suite_beside() { # NAME COMMAND...
  beside=$1 beside_started=$SECONDS
  shift
  step "suite $beside, beside the others (log: $LOGS/$beside.log)"
  "$@" >"$LOGS/$beside.log" 2>&1 </dev/null &
  beside_pid=$!
}

# Waits for it and counts it.
suite_beside_end() {
  [[ -n $beside_pid ]] || return 0
  local status=0
  step "waiting for suite $beside"
  wait "$beside_pid" || status=$?
  cat "$LOGS/$beside.log" >&2
  count_suite "$beside" "$status" $((SECONDS - beside_started))
  beside_pid=
}

count_suite() { # NAME STATUS SECONDS
  local name=$1 status=$2 log=$LOGS/$1.log p f
  # A suite's tools may leave colour codes at the start of the next line.
  read -r p f < <(sed -n -e 's/\x1b\[[0-9;]*m//g' \
    -e 's/^[A-Za-z0-9_-]*: \([0-9]*\) passed, \([0-9]*\) failed\r\{0,1\}$/\1 \2/p' "$log" |
    awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }')
  passed=$((passed + p)) failed=$((failed + f))
  if [[ $f -gt 0 ]]; then
    failures+=("$name: $f failed, see $log")
  elif [[ $status -ne 0 ]]; then
    broken_suite "$name" "ended with status $status, see $log"
  elif [[ $p -eq 0 ]]; then
    broken_suite "$name" "ran no test, see $log"
  fi
  say "suite $name: $p passed, $f failed in $3 s"
}

end_suites() { # NOTE
  step "summary after $((SECONDS / 60)) min $((SECONDS % 60)) s"
  local line
  for line in "${failures[@]}"; do say "FAILED $line"; done
  [[ -z $1 ]] || printf '%s\n' "$1"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}
