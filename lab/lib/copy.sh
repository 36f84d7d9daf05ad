# shellcheck shell=bash
# lab push and pull: files between host and server, as `cp -a SOURCE... DEST` would on one
# machine (DEST a folder that exists: into it; SOURCE/.: what is in it), by tar over ssh.

lab_push() { copy push "$@"; }
lab_pull() { copy pull "$@"; }

copy() {
  local direction=$1 user=root paths=() dest source both
  shift
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --user) user=${2:?}; shift ;;
      --) shift; paths+=("$@"); break ;;
      -*) usage_error "$direction: unknown option '$1'" ;;
      *) paths+=("$1") ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  ((${#paths[@]} >= 2)) || usage_error "$direction: give one or more sources and a destination"
  dest=${paths[-1]}
  unset 'paths[-1]'
  require_vm
  ssh_connect "$user" || die "$EX_UNAVAILABLE" "server '$NAME' does not let $user in over ssh"
  both="set -euo pipefail; $(declare -f send receive)"
  if ((${#paths[@]} > 1)) && [[ $dest != */ ]]; then dest+=/; fi
  for source in "${paths[@]}"; do
    local whole=1
    [[ $source != */. ]] || whole=0
    if [[ $direction == push ]]; then
      [[ -e $source || -L $source ]] || die 66 "push: $source: no such file"
      send "$source" | vm_ssh "$user" "$both; receive $(quoted "$dest" "$whole")"
    else
      vm_ssh "$user" "$both; send $(quoted "$source")" </dev/null | receive "$dest" "$whole"
    fi
  done
}

# These two run on either side, so they use nothing else of ours.
# send SOURCE: a tar with one member, named like SOURCE.
send() {
  local source=$1
  if [[ -d $source ]]; then source=$(cd -- "$source" && pwd -P); fi
  tar --create --file - --sparse --owner=root:0 --group=root:0 \
    --directory="$(dirname -- "$source")" -- "$(basename -- "$source")"
}
# receive DEST WHOLE: WHOLE 0 puts what is in the member, 1 the member itself.
receive() {
  local dest=$1 whole=$2 scratch status=0
  if [[ $dest == */ && ! -d $dest ]]; then
    printf '[lab] error: %s: no such folder\n' "$dest" >&2
    return 66
  fi
  scratch=$(mktemp -d)
  if tar --extract --file - --sparse --no-same-owner --preserve-permissions --directory="$scratch"; then
    local member=("$scratch"/* "$scratch"/.[!.]* "$scratch"/..?*) from=
    for from in "${member[@]}"; do [[ ! -e $from && ! -L $from ]] || break; done
    if [[ $whole == 0 ]]; then
      mkdir -p -- "$dest" && cp -a -- "$from/." "$dest" || status=$?
    else
      cp -a -- "$from" "$dest" || status=$?
    fi
  else
    status=66
  fi
  rm -rf -- "$scratch"
  return "$status"
}
