# shellcheck shell=bash disable=SC2034 # NAME is for vm.sh
# The booted server, kept: its disk and memory just after booting. `up` continues from there in
# seconds, where booting takes more than a minute of processor time under emulation. Anything
# that differs from it (a snapshot, other memory, --cold) boots.

readonly DEFAULT_MEMORY=6144
WARM=''

compute_warm_key() {
  WARM=$CACHE/warm/$({
    echo "$BASE_KEY $DEFAULT_MEMORY $CPU"
    qemu-system-aarch64 --version
    declare -f vm_start
  } | key_of)
}

# Makes it unless it is there; fails when the server does not boot. In a subshell, because it is
# a server of its own for a while. Callers test the outcome, so errexit does not help in there.
warm_up() {
  compute_warm_key
  if [[ -d $WARM ]]; then
    touch "$WARM/.used"
    return 0
  fi
  take_lock 9 warm "booting the server to keep"
  if [[ ! -d $WARM ]]; then
    (warm_build) || return 1
    collect warm "${WARM##*/}"
  fi
  drop_lock 9
}

warm_build() {
  local dir new=$CACHE/warm/.new-$$ began=$EPOCHREALTIME sockets
  NAME=.warm
  vm_stop # of a build that was killed
  mkdir -p "$CACHE/warm"
  drop_stale "$CACHE/warm"
  mkdir "$new"
  sockets=$(mktemp -d)
  # shellcheck disable=SC2064 # the values of now
  trap "vm_stop; rm -rf '$sockets' '$new'" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  vm_create '' "$DEFAULT_MEMORY"
  dir=$(vm_dir)
  vm_start -qmp "unix:$sockets/qmp,server=on,wait=off"
  vm_wait_ready
  if [[ $SYSTEM_STATE != running ]]; then
    warn "a server with failed units is not kept; the next one is tried again"
    exit 1
  fi
  ssh_disconnect
  sleep 1
  python3 "$LIB/qmp.py" "$sockets/qmp" "$new/state" || exit 1
  end_process "$dir/qemu.pid" 20
  mv "$dir/disk.qcow2" "$new/disk.qcow2" || exit 1
  cp "$dir/console.log" "$new/console.log"
  printf 'base %s\n' "$BASE_KEY" >"$new/inputs"
  chmod 0444 "$new/disk.qcow2" "$new/state"
  touch "$new/.used"
  sync -f "$new"
  mv -T "$new" "$WARM" || exit 1
  log "booted once and kept … $(seconds_since "$began") s ($(du -sh "$WARM" | cut -f1))"
}

# warm_start: continues the kept server under this name; fails when that does not work here.
warm_start() {
  local dir deadline
  dir=$(vm_dir)
  qemu-img create -q -f qcow2 -F qcow2 -b "$WARM/disk.qcow2" "$dir/disk.qcow2" || return 1
  cp "$WARM/console.log" "$dir/console.log"
  printf 'warm %s\n' "${WARM##*/}" >>"$dir/origin"
  vm_start -incoming "exec:cat '$WARM/state'"
  deadline=$((SECONDS + 240))
  until ssh_connect root; do
    if ! vm_is_up || ((SECONDS >= deadline)); then return 1; fi
    sleep 0.3
  done
}
