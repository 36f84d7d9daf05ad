# shellcheck shell=bash
# The cache by content: every artefact is a folder KIND/KEY, its key the digest of what it is
# made from. It is built beside and renamed in, so a key either is complete or is not there.

key_of() { cat "$@" | sha256sum | cut -c1-20; }

# stage KIND KEY BUILDER ARGS...: builds KIND/KEY unless it is there. BUILDER is called with the
# folder to fill and ARGS, as root, guarded.
stage() {
  local kind=$1 key=$2 builder=$3 new
  shift 3
  local final=$CACHE/$kind/$key
  if [[ -d $final ]]; then
    as_root touch "$final/.used"
    return 0
  fi
  mkdir -p "$CACHE/$kind"
  drop_stale "$CACHE/$kind"
  new=$CACHE/$kind/.new-$$
  mkdir "$new"
  if ! guarded "$kind" "$LIB/$builder" "$new" "$@"; then
    tail -n 20 "$CACHE/log/$kind.log" >&2
    as_root rm -rf --one-file-system "$new"
    die "$EX_UNAVAILABLE" "building $kind failed; the last lines of its log are above" \
      "whole log: $CACHE/log/$kind.log"
  fi
  as_root touch "$new/.used"
  as_root mv -T "$new" "$final"
}

# What an earlier, killed build left behind. Its processes ended with it (see guarded).
drop_stale() {
  local dir
  for dir in "$1"/.new-*; do
    [[ -d $dir ]] || continue
    log "removing what an interrupted build left: ${dir##*/}"
    as_root rm -rf --one-file-system "$dir"
  done
}

# guarded NAME COMMAND...: runs COMMAND as root in namespaces of its own, its output in
# log/NAME.log; each "stage: TEXT" line it prints becomes a progress line with its seconds.
guarded() {
  local name=$1 fifo child status=0 began='' current='' next
  shift
  mkdir -p "$CACHE/log"
  fifo=$(mktemp -d)
  mkfifo "$fifo/life"
  as_root unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
    env -i "PATH=$PATH" "QEMU_CPU=$CPU" bash "$LIB/guarded.sh" bash "$@" \
    <"$fifo/life" >"$CACHE/log/$name.log" 2>&1 8>&- 9>&- &
  child=$!
  exec 7>"$fifo/life"
  rm -rf "$fifo"
  while [[ -d /proc/$child ]]; do
    next=$(sed -n 's/^stage: //p' "$CACHE/log/$name.log" | tail -n 1)
    if [[ $next != "$current" ]]; then
      [[ -z $current ]] || log_ended "$current" "$began"
      current=$next
      began=$EPOCHREALTIME
      log_begun "$current"
    fi
    sleep 0.3
  done
  wait "$child" || status=$?
  exec 7>&-
  if [[ $status -eq 0 && -n $current ]]; then log_ended "$current" "$began"; else close_line; fi
  return "$status"
}

# collect KIND CURRENT_KEY: removes other keys that nobody used for a day and no server or
# snapshot stands on. A day, because two checkouts may share this cache.
collect() {
  local kind=$1 current=$2 dir key
  for dir in "$CACHE/$kind"/*/; do
    dir=${dir%/}
    key=${dir##*/}
    [[ -d $dir && $key != "$current" ]] || continue
    [[ -n $(find "$dir/.used" -mmin +1440 2>/dev/null) ]] || continue
    is_referenced "$key" || as_root rm -rf --one-file-system "$dir"
  done
}
is_referenced() {
  local file
  for file in "$RUN"/vm/*/origin "$CACHE"/chroots/*/origin "$CACHE"/snapshots/*/*.origin "$CACHE"/base/*/inputs "$CACHE"/warm/*/inputs; do
    if grep -qs -w -- "$1" "$file"; then return 0; fi
  done
  return 1
}
