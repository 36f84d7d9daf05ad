# shellcheck shell=bash
# lab ssh: commands on a server. A handshake takes seconds under emulation, so each user has
# one connection per server that all commands share; without it they connect by themselves.

# A socket's path may have 107 characters, of which ssh needs some for itself.
ssh_socket() {
  local path
  path=$(vm_dir)/ssh-$1
  ((${#path} > 80)) || printf '%s\n' "$path"
}

# Sets SSH to the ssh command line for USER.
ssh_command() {
  local user=$1 socket
  socket=$(ssh_socket "$user")
  SSH=(ssh -F /dev/null -i "$CACHE/ssh/id_ed25519" -p "$(<"$(vm_dir)/port")"
    -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR
    -o HostKeyAlias=crossarm-lab -o "UserKnownHostsFile=$CACHE/base/$(vm_origin base)/known_hosts"
    -o StrictHostKeyChecking=yes -o ConnectTimeout=90 -o ServerAliveInterval=30 -o ServerAliveCountMax=20
    -o ControlMaster=no -o "ControlPath=${socket:-none}" -l "$user")
}

# ssh_connect USER: makes the shared connection; fails when the server does not answer (yet).
ssh_connect() {
  local socket SSH
  ssh_command "$1"
  socket=$(ssh_socket "$1")
  if [[ -z $socket ]]; then
    "${SSH[@]}" 127.0.0.1 true </dev/null >/dev/null 2>&1
    return
  fi
  "${SSH[@]}" -O check 127.0.0.1 >/dev/null 2>&1 && return 0
  # One at a time: a second one would remove the first one's socket.
  local status=0
  exec 5>>"$socket.lock"
  flock 5
  if ! "${SSH[@]}" -O check 127.0.0.1 >/dev/null 2>&1; then
    rm -f "$socket"
    # Of an option given twice ssh takes the first.
    "${SSH[0]}" -o ControlMaster=yes "${SSH[@]:1}" -f -N 127.0.0.1 </dev/null >/dev/null 2>&1 5>&- 6>&- 7>&- 8>&- 9>&- || status=1
  fi
  exec 5>&-
  return "$status"
}

ssh_disconnect() {
  local user SSH
  [[ -s $(vm_dir)/port ]] || return 0
  for user in root ci; do
    [[ -S $(ssh_socket "$user") ]] || continue
    ssh_command "$user"
    "${SSH[@]}" -O exit 127.0.0.1 >/dev/null 2>&1 || true
  done
}

# vm_ssh USER COMMAND_LINE: a command line for the server's shell.
vm_ssh() {
  local SSH
  ssh_command "$1"
  "${SSH[@]}" 127.0.0.1 "$2"
}

# quoted ARGS...: a command line that the server's bash turns into exactly these arguments.
quoted() {
  local line
  printf -v line '%q ' "$@"
  printf '%s\n' "${line% }"
}

lab_ssh() {
  local user=root SSH
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) NAME=${2:?}; shift ;;
      --user) user=${2:?}; shift ;;
      --) shift; break ;;
      -*) usage_error "ssh: unknown option '$1' (put -- before the command)" ;;
      *) break ;;
    esac
    shift
  done
  check_name "server name" "$NAME"
  [[ $user =~ ^[a-z_][a-z0-9_-]*$ ]] || usage_error "ssh: bad user name '$user'"
  require_vm
  ssh_connect "$user" || die "$EX_UNAVAILABLE" "server '$NAME' does not let $user in over ssh"
  ssh_command "$user"
  if [[ $# -eq 0 ]]; then
    exec "${SSH[@]}" 127.0.0.1
  fi
  exec "${SSH[@]}" 127.0.0.1 "$(quoted "$@")"
}
