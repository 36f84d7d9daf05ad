# Shared by the scenarios: a fresh ARM64 server with the agent on it, checks, and the closing line.
# shellcheck shell=bash source-path=SCRIPTDIR
#
# A scenario: begin NAME; fresh_server | provisioned_server; check "sentence" COMMAND...; finish
# Every scenario has a server of its own, named after it, ended when the scenario ends.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LAB=$ROOT/lab/lab
# shellcheck source=../../scripts/lib/common.sh
source "$ROOT/scripts/lib/common.sh"
# shellcheck source=../../scripts/lib/checks.sh
source "$ROOT/scripts/lib/checks.sh"

# Each snapshot stands below the base it belongs to.
SNAPSHOTS=${CROSSARM_CACHE:-$HOME/.cache/crossarm}/lab/snapshots
SCENARIO='' WORK=''

begin() { # NAME
  SCENARIO=$1
  WORK=$(mktemp -d)
  trap 'clean_up' EXIT
  build_agent
}

clean_up() {
  "$LAB" down --name "$SCENARIO" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}

# Runs a command on the scenario's server as root; its status is ours.
on() { "$LAB" ssh --name "$SCENARIO" -- "$@"; }

# The same with a shell line, for pipes and redirections on the server.
on_sh() { "$LAB" ssh --name "$SCENARIO" -- bash -c "$1"; }

PATIENCE=60
wait_for() { # SHELL LINE, tried twice a second for PATIENCE seconds
  on_sh "for i in \$(seq $((PATIENCE * 2))); do if $1; then exit 0; fi; sleep 0.5; done; echo 'never true: $1'; exit 1"
}

# Boots a server nothing has been provisioned on, with the agent installed and told to use the lab's rustup mirror.
fresh_server() {
  "$LAB" up --name "$SCENARIO"
  put_agent
}

# Boots a server that `crossarm provision` has been through. The first scenario that asks makes it; it is kept for
# this very agent, mirror and base.
provisioned_server() {
  if ! "$LAB" up --name "$SCENARIO" --from "$(provisioned_name)" 2>"$WORK/up.log"; then
    say "no provisioned server yet: making one"
    fresh_server
    on crossarm provision --yes
    keep_provisioned
  fi
  put_agent # the rustup mirror may listen on another port by now
}

# Before there is a mirror the name stands for no server that was kept.
provisioned_name() {
  printf 'provisioned-%s' "$(cat "$JAR" "$ROOT/lab/tests/lib.sh" <("$ROOT/lab/mirror" path 2>/dev/null) | sha256sum | cut -c 1-12)"
}

# Keeps the scenario's server, as it is now, for the scenarios after it, and goes on with it.
keep_provisioned() {
  local name status=0
  name=$(provisioned_name)
  "$LAB" snapshot --name "$SCENARIO" "$name" || status=$?
  # Another checkout with the same agent has kept one meanwhile, and its server stands on that: this server goes on as it is.
  ! { [[ $status -eq $EX_USAGE ]] && compgen -G "$SNAPSHOTS/*/$name.qcow2" >/dev/null; } || return 0
  [[ $status -eq 0 ]] || return "$status"
  drop_old_provisioned "$name"
  "$LAB" up --name "$SCENARIO" --from "$name"
}

# Those of other agents: each takes 3 GB, and most are never asked for again. The newest stays, because two checkouts may
# take turns; so does one that a server stands on.
drop_old_provisioned() { # NAME_TO_KEEP
  local disk
  find "$SNAPSHOTS" -name 'provisioned-*.qcow2' ! -name "$1.qcow2" -printf '%T@ %f\n' |
    sort -rn | tail -n +2 | while read -r _ disk; do
    "$LAB" snapshot --drop "${disk%.qcow2}" 2>/dev/null </dev/null || true
  done
}

put_agent() {
  local mirror
  mirror=$("$LAB" serve address rustup --guest)
  on mkdir -p /usr/local/lib/crossarm /etc/crossarm
  "$LAB" push --name "$SCENARIO" "$JAR" "$ROOT/scripts/lib/launcher" /usr/local/lib/crossarm/
  on ln -sf /usr/local/lib/crossarm/launcher /usr/local/bin/crossarm
  printf '[rustup]\ndist-server = "%s"\nupdate-root = "%s/rustup"\n' "$mirror" "$mirror" |
    "$LAB" ssh --name "$SCENARIO" -- tee /etc/crossarm/config.toml >/dev/null
}

# Gives the server the host's own settings of pip, as it has those of apt: which index, through what, trusted how. The
# host's authorities are the server's already, and the host's loopback is 10.0.2.2 there.
put_python_index() {
  {
    printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n'
    python3 -m pip config list 2>/dev/null |
      sed -nE "s/^[^.]*[.](index-url|extra-index-url|trusted-host|proxy|timeout|retries)='(.*)'\$/\1 = \2/p" |
      sed -E 's#//(127[.]0[.]0[.]1|localhost)([:/])#//10.0.2.2\2#' | awk -F ' = ' '{ last[$1] = $2 } END { for (k in last) print k " = " last[k] }'
  } | "$LAB" ssh --name "$SCENARIO" -- tee /etc/pip.conf >/dev/null
}

finish() { finish_checks "$SCENARIO"; }
