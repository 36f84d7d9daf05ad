# shellcheck shell=bash
# lab chroot: the tree as a chroot under qemu-user, with a layer of its own per name. Faster
# than a server and without systemd. It shares the host's network and processor.

chroot_dir() { printf '%s/chroots/%s\n' "$CACHE" "$1"; }

lab_chroot() {
  local name=default user=root fresh=0 drop='' binds=() dir proxy rustup
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) name=${2:?}; shift ;;
      --user) user=${2:?}; shift ;;
      --bind) [[ ${2:-} == /*:/* ]] || usage_error "--bind '${2:-}': give HOST:GUEST, both absolute"; binds+=("$2"); shift ;;
      --fresh) fresh=1 ;;
      --drop) drop=${2:?}; shift ;;
      --) shift; break ;;
      -*) usage_error "chroot: unknown option '$1' (put -- before the command)" ;;
      *) break ;;
    esac
    shift
  done
  if [[ -n $drop ]]; then
    check_name "chroot name" "$drop"
    take_lock 8 "chroot-$drop" "chroot $drop"
    as_root rm -rf --one-file-system "$(chroot_dir "$drop")"
    drop_lock 8
    return
  fi
  check_name "chroot name" "$name"
  [[ $# -gt 0 ]] || set -- bash -l
  local bind
  for bind in "${binds[@]}"; do
    [[ -e ${bind%%:*} ]] || die 66 "--bind: ${bind%%:*}: no such file or folder"
  done
  QUIET=${QUIET:-1} prepare_base
  serve_apt_start
  take_lock 8 "chroot-$name" "chroot $name"
  dir=$(chroot_dir "$name")
  # A layer over another base means nothing: it begins anew.
  if [[ $fresh == 1 || $(sed -n 's/^base //p' "$dir/origin" 2>/dev/null) != "$BASE_KEY" ]]; then
    as_root rm -rf --one-file-system "$dir"
    mkdir -p "$dir"
    as_root mkdir "$dir/upper" "$dir/work"
    printf 'base %s\n' "$BASE_KEY" >"$dir/origin"
  fi
  mkdir -p "$dir/root"
  proxy=$(apt_url)
  rustup=''
  if is_alive "$SERVE/rustup.pid" >/dev/null; then rustup=$(serve_address rustup); fi
  # Everything started inside ends with the command: it is process 1 of its own namespace.
  local status=0
  as_root unshare --mount --pid --fork --kill-child --propagation private \
    env -i "TERM=${TERM:-dumb}" "QEMU_CPU=$CPU" bash "$LIB/enter-chroot.sh" "$dir" \
    "$BASE/layer:$CACHE/tree/$TREE_KEY/root" "$user" "$proxy" "$rustup" "${#binds[@]}" "${binds[@]}" "$@" 8>&- || status=$?
  drop_lock 8
  return "$status"
}

chroots_in_use() {
  local file
  for file in "$CACHE"/locks/chroot-*; do
    [[ -e $file ]] || continue
    flock -n "$file" true || return 0
  done
  return 1
}
