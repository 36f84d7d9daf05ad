# shellcheck shell=bash disable=SC2034,SC2119,SC2120 # QUIET is for log; warm.sh gives vm_start arguments
# lab up, down, reset: servers. Each has a folder run/vm/NAME with its disk (an overlay on the
# base or on a snapshot), console.log, ssh port, and the pid of its QEMU.

NAME=default
vm_dir() { printf '%s/vm/%s\n' "$RUN" "$NAME"; }
lock_vm() { take_lock 8 "vm-$NAME" "server $NAME"; }
unlock_vm() { drop_lock 8; }
vm_is_up() { is_alive "$(vm_dir)/qemu.pid" >/dev/null; }
require_vm() {
  vm_is_up || die "$EX_UNAVAILABLE" "server '$NAME' is not up" "run: lab up$([[ $NAME == default ]] || echo " --name $NAME")"
}

lab_up() {
  local from='' memory='' cold=0 with_mirror=1
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --from) from=${2:?}; shift ;;
      --memory) memory=${2:?}; shift ;;
      --cold) cold=1 ;;
      --no-mirror) with_mirror=0 ;;
      --quiet) QUIET=1 ;;
      *) usage_error "up: unknown argument '$1'" ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  [[ -z $from ]] || check_name "snapshot name" "$from"
  [[ -z $memory || $memory =~ ^[0-9]{3,6}$ ]] || usage_error "--memory '$memory': give MiB as a number"
  prepare_base
  lock_vm
  if vm_is_up; then
    [[ -z $from || $(vm_origin snapshot) == "$from" ]] || die "$EX_USAGE" \
      "server '$NAME' is up already, and not from snapshot '$from'" "run: lab reset --name $NAME --from $from"
    vm_wait_ready
    log "server '$NAME' is up"
  else
    vm_create "$from" "${memory:-$DEFAULT_MEMORY}"
    vm_start_and_wait "$cold" "$with_mirror"
  fi
  unlock_vm
}

lab_reset() {
  local from=unset snapshot memory
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --from) from=${2?}; shift ;;
      *) usage_error "reset: unknown argument '$1'" ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  snapshot=$(vm_origin snapshot)
  memory=$(vm_origin memory)
  prepare_base
  lock_vm
  [[ $from != unset ]] || from=$snapshot
  vm_stop
  vm_create "$from" "${memory:-$DEFAULT_MEMORY}"
  vm_start_and_wait 0
  unlock_vm
}

lab_down() {
  local all=0 dir
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --all) all=1 ;;
      *) usage_error "down: unknown argument '$1'" ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  if [[ $all == 0 ]]; then
    vm_down
    return
  fi
  (
    NAME=.warm
    vm_stop
  )
  for dir in "$RUN"/vm/*/; do
    [[ -d $dir ]] || continue
    NAME=$(basename "$dir")
    vm_down
  done
  if chroots_in_use; then
    warn "a chroot is in use: the emulator stays registered and the caches stay served"
    return
  fi
  serve_stop
  binfmt_down
}
vm_down() {
  lock_vm
  if vm_is_up; then log "server '$NAME' goes down"; fi
  vm_stop
  unlock_vm
}

# vm_origin KEY: one value of what this server was made from; empty when there is none.
vm_origin() { sed -n "s/^$1 //p" "$(vm_dir)/origin" 2>/dev/null || true; }

# vm_create SNAPSHOT MEMORY: a fresh disk.
vm_create() {
  local from=$1 memory=$2 dir backing format=raw
  dir=$(vm_dir)
  backing=$BASE/disk.img
  if [[ -n $from ]]; then
    backing=$(snapshot_disk "$from")
    format=qcow2
    [[ -r $backing ]] || die "$EX_UNAVAILABLE" "there is no snapshot '$from' of the present base" \
      "lab status lists those there are; make it with: lab snapshot --name SERVER $from"
  fi
  rm -rf "$dir"
  mkdir -p "$dir"
  chmod 0700 "$dir"
  printf 'base %s\nsnapshot %s\nmemory %s\n' "$BASE_KEY" "$from" "$memory" >"$dir/origin"
  qemu-img create -q -f qcow2 -F "$format" -b "$backing" "$dir/disk.qcow2" 8>&- 9>&-
}

vm_stop() {
  local dir
  dir=$(vm_dir)
  ssh_disconnect
  end_process "$dir/qemu.pid" 5
  rm -rf "$dir"
}

# vm_start_and_wait COLD [WITH_MIRROR]
vm_start_and_wait() {
  local cold=$1 with_mirror=${2:-1} began=$EPOCHREALTIME from memory
  from=$(vm_origin snapshot)
  memory=$(vm_origin memory)
  trap 'vm_stop; exit 130' INT
  trap 'vm_stop; exit 143' TERM HUP
  serve_apt_start
  if [[ $cold == 0 && -z $from && $memory == "$DEFAULT_MEMORY" ]] && warm_up; then
    began=$EPOCHREALTIME
    if ! warm_start; then
      warn "the kept server does not continue here; booting one"
      vm_stop
      vm_create '' "$memory"
      vm_start
    fi
  else
    vm_start
  fi
  # The mirror may have to be made first; the server boots meanwhile.
  if [[ $with_mirror == 1 ]] && ! (serve_rustup_start); then warn "the rustup mirror is not served"; fi
  vm_wait_ready "$began"
  vm_settings
  trap - INT TERM HUP
}

# vm_start QEMU_ARGS...
vm_start() {
  local dir kernel port tries
  dir=$(vm_dir)
  kernel=$CACHE/kernel/$(sed -n 's/^kernel //p' "$BASE/inputs")
  for ((tries = 0; tries < 5; tries++)); do
    port=$(python3 "$LIB/free_port.py" 20000 32000)
    printf '%s\n' "$port" >"$dir/port"
    # cache=unsafe: the disk is thrown away with the server; a snapshot is taken only after a
    # clean shutdown.
    daemon --pid-file "$dir/qemu.pid" --log "$dir/qemu.log" -- \
      qemu-system-aarch64 -nodefaults -M virt -cpu "$CPU" -accel tcg,thread=multi \
      -smp 2 -m "$(vm_origin memory)" -display none -monitor none \
      -chardev "file,id=console,path=$dir/console.log,append=on" -serial chardev:console \
      -kernel "$kernel/vmlinuz" -initrd "$kernel/initrd.gz" \
      -append "root=/dev/vda rw console=ttyAMA0 quiet systemd.show_status=1" \
      -drive "file=$dir/disk.qcow2,format=qcow2,if=none,id=disk,cache=unsafe,discard=unmap" \
      -device virtio-blk-device,drive=disk \
      -netdev "user,id=net,ipv6=off,hostfwd=tcp:127.0.0.1:$port-:22" -device virtio-net-device,netdev=net \
      -device virtio-rng-device -rtc base=utc,clock=host "$@"
    sleep 0.5
    if vm_is_up; then return 0; fi
    grep -q 'host forwarding' "$dir/qemu.log" || break
  done
  tail -n 5 "$dir/qemu.log" >&2
  die "$EX_UNAVAILABLE" "QEMU does not start (its last lines are above)"
}

# vm_wait_ready [BEGAN]: until ssh answers and systemd has finished booting. Sets SYSTEM_STATE.
SYSTEM_STATE=''
vm_wait_ready() {
  local began=${1:-} dir deadline=$((SECONDS + ${CROSSARM_LAB_BOOT_TIMEOUT:-900})) state answered
  dir=$(vm_dir)
  until ssh_connect root; do
    vm_is_up || vm_failed "QEMU ended while server '$NAME' booted"
    ! grep -qs 'Kernel panic' "$dir/console.log" || vm_failed "the kernel of server '$NAME' panicked"
    ((SECONDS < deadline)) || vm_failed "server '$NAME' does not answer on ssh"
    sleep 0.5
  done
  answered=$EPOCHREALTIME
  state=$(vm_ssh root 'systemctl is-system-running --wait' </dev/null) || true
  case $state in
    running) ;;
    degraded) warn "server '$NAME' has failed units: $(vm_ssh root 'systemctl --failed --plain --no-legend' </dev/null | cut -d' ' -f1 | xargs)" ;;
    *) vm_failed "server '$NAME' did not finish booting (systemd says '$state')" ;;
  esac
  SYSTEM_STATE=$state
  [[ -z $began ]] || log "server '$NAME': ssh after $(awk -v a="$began" -v b="$answered" 'BEGIN { printf "%.0f", b - a }') s, systemd '$state' after $(seconds_since "$began") s"
}
vm_failed() {
  local dir kept
  dir=$(vm_dir)
  kept=$CACHE/log/console-$NAME.log
  mkdir -p "$CACHE/log"
  cp "$dir/console.log" "$kept" 2>/dev/null || true
  tail -n 15 "$kept" >&2 || true
  vm_stop
  die "$EX_UNAVAILABLE" "$1" "its console is above, and whole in $kept"
}

# What a server gets at each start: the time, which its clock chip has from the host (a continued
# server's own clock stood still), and where the package cache listens now.
vm_settings() {
  vm_ssh root "date -u -s @\$(cat /sys/class/rtc/rtc0/since_epoch) >/dev/null
    printf 'Acquire::http::Proxy \"%s\";\n' '$(apt_url --guest)' >/etc/apt/apt.conf.d/01lab-proxy" </dev/null ||
    vm_failed "cannot set up server '$NAME'"
}

lab_console() {
  local follow=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --follow) follow=(-f) ;;
      *) usage_error "console: unknown argument '$1'" ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  require_vm
  tail -n +1 "${follow[@]}" "$(vm_dir)/console.log"
}
