# shellcheck shell=bash disable=SC2034 # the other parts use these
# What every part of the lab uses: where things lie, messages, rights, locks, processes.

CACHE=${CROSSARM_CACHE:-${HOME:?HOME is not set}/.cache/crossarm}/lab
RUN=$CACHE/run
export LC_ALL=C.UTF-8

# The processor that is emulated: an ARMv8.2 server without what costs most to emulate and no
# server program needs. Measured: pointer authentication as QEMU does it by default makes bash 20
# times slower, its cheap form 2 times; SVE makes copying and hashing 2.4 times slower.
readonly CPU=max,pauth=off,sve=off

# Exit statuses follow sysexits.
readonly EX_USAGE=64 EX_DATA=65 EX_UNAVAILABLE=69 EX_TEMPFAIL=75 EX_NOPERM=77

# The text of the line that tells what runs now and waits for its seconds; empty when there is none.
open_line=''
close_line() {
  [[ -z $open_line ]] || printf '\n' >&2
  open_line=''
}
log() {
  [[ ${QUIET:-} != 1 ]] || return 0
  close_line
  printf '[lab] %s\n' "$*" >&2
}
warn() {
  close_line
  printf '[lab] warning: %s\n' "$*" >&2
}
die() {
  local status=$1
  shift
  close_line
  printf '[lab] error: %s\n' "$1" >&2
  shift
  [[ $# -eq 0 ]] || printf '[lab]   %s\n' "$@" >&2
  exit "$status"
}
usage_error() { die "$EX_USAGE" "$1" "lab --help shows the commands"; }

# seconds_since START: whole seconds, START from $EPOCHREALTIME.
seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f", b - a }'; }

# log_begun TEXT says what runs now, log_ended TEXT START how long it took: one line, unless others came between.
log_begun() {
  [[ ${QUIET:-} != 1 ]] || return 0
  close_line
  printf '[lab] %s …' "$1" >&2
  open_line=$1
}
log_ended() {
  if [[ -n $open_line && $open_line == "$1" ]]; then
    printf ' %s s\n' "$(seconds_since "$2")" >&2
    open_line=''
  else
    log "$1 … $(seconds_since "$2") s"
  fi
}

# timed TEXT COMMAND...: runs COMMAND, and says what it is and how long it took.
timed() {
  local text=$1 began=$EPOCHREALTIME status=0
  shift
  log_begun "$text"
  "$@" || status=$?
  if [[ $status -eq 0 ]]; then log_ended "$text" "$began"; else close_line; fi
  return "$status"
}

# timed_aloud TEXT COMMAND...: the same for a COMMAND with lines of its own.
timed_aloud() {
  local text=$1 began=$EPOCHREALTIME
  shift
  log "$text …"
  "$@" || return
  log "$text … $(seconds_since "$began") s"
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n -- "$@"; fi
}
can_be_root() { [[ $EUID -eq 0 ]] || { command -v sudo && sudo -n true; } >/dev/null 2>&1; }

check_name() {
  [[ $2 =~ ^[a-z0-9][a-z0-9._-]{0,39}$ ]] ||
    usage_error "$1 '$2': use 1 to 40 of a-z 0-9 . _ -, beginning with a letter or digit"
}

# take_lock FD NAME WHAT: holds the lock NAME on descriptor FD until this process ends or
# drop_lock. Another holder is waited for, and named.
take_lock() {
  local fd=$1 file=$CACHE/locks/$2 what=$3 holder
  mkdir -p "$CACHE/locks"
  eval "exec $fd>>\"\$file\""
  if ! flock -n "$fd"; then
    holder=$(tail -n 1 "$file" 2>/dev/null || true)
    log "waiting: ${holder:-another process} holds the lock for $what"
    flock "$fd"
  fi
  printf 'process %s (%s)\n' "$$" "$what" >"$file"
}
drop_lock() { eval "exec $1>&-"; }

# A pid file holds "PID STARTTIME": the number alone may belong to somebody else by now.
# is_alive PIDFILE: prints the pid when that very process still runs.
is_alive() {
  local pid start now
  [[ -r $1 ]] && read -r pid start <"$1" || return 1
  now=$(process_start "$pid") || return 1
  [[ $now == "$start" ]] && printf '%s\n' "$pid"
}
process_start() {
  local line fields
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${line##*) }" # from the third field on: state is 0, starttime 19
  [[ ${fields[0]} != Z ]] && printf '%s\n' "${fields[19]}"
}

# end_process PIDFILE SECONDS: asks the process to end, then insists; removes the file.
end_process() {
  local file=$1 deadline=$((SECONDS + $2)) pid
  if pid=$(is_alive "$file"); then
    kill -TERM "$pid" 2>/dev/null || true
    while is_alive "$file" >/dev/null; do
      if ((SECONDS >= deadline)); then
        kill -KILL "$pid" 2>/dev/null || true
        sleep 0.2
        break
      fi
      sleep 0.1
    done
  fi
  rm -f "$file"
}

# write_file PATH: standard input becomes PATH, whole or not at all.
write_file() {
  local new
  new=$(mktemp "$1.new-XXXXXX")
  cat >"$new"
  chmod 0644 "$new"
  mv -f "$new" "$1"
}

daemon() { python3 "$LIB/daemon.py" "$@"; }
