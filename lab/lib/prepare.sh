# shellcheck shell=bash disable=SC2034 # QUIET is for log
# lab prepare: everything a server boots from, in the cache.

readonly RELEASE=trixie
readonly DISK_SIZE=16G

# Keys and folders of the current artefacts; set by compute_keys, used by all others.
TREE_KEY='' KERNEL_KEY='' BASE_KEY='' BASE=''

ssh_key() {
  [[ -r $CACHE/ssh/id_ed25519.pub && -r $CACHE/ssh/id_ed25519 ]] && return 0
  local new=$CACHE/.ssh-new-$$
  rm -rf "$new"
  mkdir -p "$CACHE"
  mkdir -m 0700 "$new"
  ssh-keygen -q -t ed25519 -N '' -C crossarm-lab -f "$new/id_ed25519" </dev/null
  rm -rf "$CACHE/ssh"
  mv -T "$new" "$CACHE/ssh"
}

# The keys say what each artefact is made from. Recorded for other commands, which need not
# work them out again (and must not, when they only want to look).
compute_keys() {
  local mirror security
  mirror=$(debian_mirror)
  security=$(security_mirror)
  host_apt_settings >"$CACHE/apt-settings"
  TREE_KEY=$({
    printf '%s\n' "$RELEASE" "$mirror" "$security" "$(cat "$CACHE/epoch" 2>/dev/null || true)"
    cat "$CACHE/apt-settings"
    cat "$LIB/build-tree.sh" "$LIB/tree-packages"
  } | key_of)
  KERNEL_KEY=$({ echo "$TREE_KEY" && cat "$LIB/build-kernel.sh" "$LIB/initrd.py"; } | key_of)
  BASE_KEY=$({
    echo "$KERNEL_KEY" "$DISK_SIZE"
    cat "$LIB/build-base.sh" "$LIB/authorities.py" "$CACHE/ssh/id_ed25519.pub" "$(host_ca_bundle)"
    (cd "$LAB_DIR/guest" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
  } | key_of)
  BASE=$CACHE/base/$BASE_KEY
}

lab_prepare() {
  prepare_base "$@"
  warm_up || warn "no booted server could be kept: servers boot, each by itself"
  [[ ! -x $LAB_DIR/mirror ]] || timed_aloud "rustup mirror" rustup_mirror build >/dev/null ||
    die "$EX_UNAVAILABLE" "the rustup mirror could not be made" "see: $LAB_DIR/mirror build"
}

# What servers and chroots need; the mirror is made when it is first served.
prepare_base() {
  while [[ $# -gt 0 ]]; do
    case $1 in
      --quiet) QUIET=1 ;;
      --refresh) local refresh=1 ;;
      *) usage_error "prepare: unknown argument '$1'" ;;
    esac
    shift
  done
  can_run
  mkdir -p "$CACHE"
  local began=$EPOCHREALTIME
  take_lock 9 prepare "lab prepare"
  [[ -z ${refresh:-} ]] || date -u +%FT%TZ | write_file "$CACHE/epoch"
  install_missing "${HOST_PACKAGES[@]}"
  read_apt_sources
  if ! grep -q '^[^|]' <<<"$APT_SOURCES"; then
    timed "apt-get update on the host" host_apt update
    read_apt_sources
  fi
  binfmt_up
  ssh_key
  compute_keys
  if [[ ! -d $BASE || ! -d $CACHE/tree/$TREE_KEY || ! -d $CACHE/kernel/$KERNEL_KEY ]]; then
    build_all
    log "prepared in $(seconds_since "$began") s: $BASE"
  else
    as_root touch "$BASE/.used" "$CACHE/tree/$TREE_KEY/.used" "$CACHE/kernel/$KERNEL_KEY/.used"
    log "already prepared: $BASE ($(seconds_since "$began") s)"
  fi
  collect base "$BASE_KEY"
  collect kernel "$KERNEL_KEY"
  collect tree "$TREE_KEY"
  drop_lock 9
}

build_all() {
  serve_apt_start
  stage tree "$TREE_KEY" build-tree.sh "$RELEASE" "$(debian_mirror)" "$(security_mirror)" \
    "$(apt_url)" "$LIB/tree-packages" "$CACHE/apt-settings" \
    "${CROSSARM_LAB_KEYRING:-}" "$(host_ca_bundle)"
  stage kernel "$KERNEL_KEY" build-kernel.sh "$CACHE/tree/$TREE_KEY"
  stage base "$BASE_KEY" build-base.sh "$CACHE/tree/$TREE_KEY" "$CACHE/kernel/$KERNEL_KEY" \
    "$LAB_DIR/guest" "$CACHE/ssh/id_ed25519.pub" "$(host_ca_bundle)" "$DISK_SIZE"
}
