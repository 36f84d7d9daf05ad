# shellcheck shell=bash
# lab snapshot: a server's disk, kept read-only, that others boot from with `up --from`.
# It belongs to the base it stands on: with another base it does not exist (and is collected).

snapshot_disk() { printf '%s/snapshots/%s/%s.qcow2\n' "$CACHE" "$BASE_KEY" "$1"; }

lab_snapshot() {
  local name='' drop=0
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --drop) drop=1 ;;
      -*) usage_error "snapshot: unknown option '$1'" ;;
      *) [[ -z $name ]] || usage_error "snapshot: one snapshot name, not '$name' and '$1'"; name=$1 ;;
    esac
    shift
  done
  [[ -n $name ]] || usage_error "snapshot: give the snapshot a name"
  check_name "snapshot name" "$name"
  check_name "server name" "$NAME"
  if [[ $drop == 1 ]]; then
    drop_snapshot "$name"
    return
  fi
  require_vm
  local dir began=$EPOCHREALTIME deadline disk from
  dir=$(vm_dir)
  lock_vm
  BASE_KEY=$(vm_origin base)
  disk=$(snapshot_disk "$name")
  from=$(vm_origin snapshot)
  [[ $from != "$name" ]] || die "$EX_USAGE" "server '$NAME' stands on snapshot '$name' itself" "choose another name"
  [[ ! -e $disk ]] || ! snapshot_in_use "$name" || die "$EX_USAGE" \
    "snapshot '$name' exists and a server or snapshot stands on it" "choose another name"
  ssh_connect root || die "$EX_UNAVAILABLE" "server '$NAME' does not answer on ssh"
  vm_ssh root 'sync; systemctl poweroff' </dev/null >/dev/null 2>&1 || true
  deadline=$((SECONDS + 120))
  while vm_is_up; do
    ((SECONDS < deadline)) || die "$EX_TEMPFAIL" "server '$NAME' did not power off within 120 s" "see: lab console --name $NAME"
    sleep 0.3
  done
  mkdir -p "${disk%/*}"
  chmod 0444 "$dir/disk.qcow2"
  printf 'base %s\nsnapshot %s\n' "$BASE_KEY" "$from" >"${disk%.qcow2}.origin"
  mv -f "$dir/disk.qcow2" "$disk"
  sync -f "$disk"
  vm_stop
  unlock_vm
  log "snapshot '$name' of server '$NAME' … $(seconds_since "$began") s ($(du -h "$disk" | cut -f1))"
}

drop_snapshot() {
  local file found=0
  ! snapshot_in_use "$1" || die "$EX_USAGE" "a server or snapshot stands on snapshot '$1'" "take that down first"
  for file in "$CACHE/snapshots"/*/"$1".{origin,qcow2}; do
    [[ -e $file ]] || continue
    found=1
    rm -f "$file"
  done
  [[ $found == 1 ]] || warn "there was no snapshot '$1'"
}

snapshot_in_use() {
  local file
  for file in "$RUN"/vm/*/origin "$CACHE"/snapshots/*/*.origin; do
    if grep -qsx "snapshot $1" "$file"; then return 0; fi
  done
  return 1
}
