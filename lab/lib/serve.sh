# shellcheck shell=bash
# lab serve: what servers and chroots download from this machine: the rustup mirror over HTTP
# and a cache of Debian packages. Both listen on the loopback; a server sees it as 10.0.2.2.

readonly GUEST_HOST=10.0.2.2
SERVE=$RUN/serve

lab_serve() {
  local command=${1:-}
  [[ $# -eq 0 ]] || shift
  case $command in
    start) serve_start && serve_address ;;
    stop) serve_stop ;;
    address) serve_address "$@" ;;
    *) usage_error "serve: start, stop or address, not '$command'" ;;
  esac
}

serve_start() {
  local reason
  mkdir -p "$SERVE"
  serve_rustup_start
  reason=$(why_not)
  if [[ -z $reason ]]; then
    serve_apt_start
  else
    log "only the rustup mirror is served; servers and chroots cannot run: $reason"
  fi
}

serve_stop() {
  mkdir -p "$SERVE"
  take_lock 6 serve "lab serve"
  end_process "$SERVE/rustup.pid" 5
  end_process "$SERVE/apt.pid" 5
  drop_lock 6
}

# serve_address [rustup|apt] [--guest] [--json]
serve_address() {
  local what='' host=127.0.0.1 json=0 name
  while [[ $# -gt 0 ]]; do
    case $1 in
      rustup | apt) what=$1 ;;
      --guest) host=$GUEST_HOST ;;
      --json) json=1 ;;
      *) usage_error "serve address: unknown argument '$1'" ;;
    esac
    shift
  done
  declare -A url=()
  for name in rustup apt; do
    if is_alive "$SERVE/$name.pid" >/dev/null && [[ -s $SERVE/$name.port ]]; then
      url[$name]=http://$host:$(<"$SERVE/$name.port")
    fi
  done
  if [[ -n $what ]]; then
    [[ -n ${url[$what]:-} ]] || die "$EX_UNAVAILABLE" "$what is not being served" "run: lab serve start"
    printf '%s\n' "${url[$what]}"
  elif [[ $json == 1 ]]; then
    python3 -c 'import json, sys; print(json.dumps({k: v or None for k, v in zip(("rustup", "apt"), sys.argv[1:])}))' \
      "${url[rustup]:-}" "${url[apt]:-}"
  else
    for name in rustup apt; do printf '%s %s\n' "$name" "${url[$name]:--}"; done
  fi
}
apt_url() { serve_address apt "$@"; }

# --- the package cache ---------------------------------------------------------------------

# apt-cacher-ng, unpacked into our cache: installing the package would also start a service on
# the host, which we do not want to give anyone.
apt_cacher() {
  local dir=$CACHE/apt-proxy/program new archive libraries
  if [[ ! -x $dir/usr/sbin/apt-cacher-ng ]]; then
    new=$CACHE/apt-proxy/.new-$$
    rm -rf "$CACHE"/apt-proxy/.new-*
    mkdir -p "$new"
    (cd "$new" && apt-get -q -o APT::Sandbox::User=root download apt-cacher-ng >download.log 2>&1) || {
      host_apt update
      (cd "$new" && apt-get -q -o APT::Sandbox::User=root download apt-cacher-ng >download.log 2>&1) || {
        cat "$new/download.log" >&2
        die "$EX_UNAVAILABLE" "cannot download the package apt-cacher-ng" \
          "on Ubuntu it is in universe: add-apt-repository universe"
      }
    }
    archive=$(find "$new" -name 'apt-cacher-ng_*.deb')
    dpkg-deb -x "$archive" "$new"
    mapfile -t libraries < <(dpkg-deb -f "$archive" Depends | tr ',' '\n' | sed -n 's/^ *\(lib[^ |]*\).*$/\1/p')
    install_missing "${libraries[@]}"
    rm -rf "$dir"
    mv -T "$new" "$dir"
  fi
  printf '%s\n' "$dir"
}

serve_apt_start() {
  mkdir -p "$SERVE"
  is_alive "$SERVE/apt.pid" >/dev/null && return 0
  take_lock 6 serve "lab serve"
  if ! is_alive "$SERVE/apt.pid" >/dev/null; then apt_proxy_run; fi
  drop_lock 6
}

apt_proxy_run() {
  local dir=$CACHE/apt-proxy program port tries proxy library
  program=$(apt_cacher)
  mkdir -p "$dir/cache" "$dir/log" "$dir/conf"
  proxy=$(upstream_proxy)
  library=$(dirname "$(find "$program/usr/lib" -name libsupacng.so | head -n 1)")
  for tries in 1 2 3 4 5; do
    # Reuse the address of last time: servers that are up have it in their settings. Above
    # 32767 apt-cacher-ng 3.7.4 fails to bind ("Error resolving address for binding").
    port=$(python3 "$LIB/free_port.py" 20000 32000 "$(cat "$SERVE/apt.port" 2>/dev/null || true)")
    {
      printf '%s: %s\n' CacheDir "$dir/cache" LogDir "$dir/log" SocketPath "$SERVE/apt.sock" \
        SupportDir "$program/usr/lib/apt-cacher-ng" BindAddress 127.0.0.1 Port "$port" \
        ForeGround 1 ExThreshold 60 VerboseLog 0 PassThroughPattern '.*'
      [[ -z $proxy ]] || printf 'Proxy: %s\n' "$proxy"
    } | write_file "$dir/conf/acng.conf"
    daemon --pid-file "$SERVE/apt.pid" --log "$dir/log/console" -- \
      env "LD_LIBRARY_PATH=$library" "$program/usr/sbin/apt-cacher-ng" -c "$dir/conf"
    if wait_listening "$SERVE/apt.pid" "$port"; then
      printf '%s\n' "$port" | write_file "$SERVE/apt.port"
      return 0
    fi
    end_process "$SERVE/apt.pid" 2
    rm -f "$SERVE/apt.port"
  done
  die "$EX_UNAVAILABLE" "the package cache does not start ($tries tries)" "its output: $dir/log/console"
}

# wait_listening PIDFILE PORT: until that process accepts connections; fails when it ends first.
wait_listening() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    is_alive "$1" >/dev/null || return 1
    if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

# --- the rustup mirror ---------------------------------------------------------------------

# rustup_mirror path|build: prints the mirror's folder; path only looks, build makes it if need be.
rustup_mirror() {
  local output
  output=$(CROSSARM_CACHE=${CACHE%/lab} "$LAB_DIR/mirror" "$1" </dev/null 6>&- 8>&- 9>&-) || return 1
  tail -n 1 <<<"$output"
}

serve_rustup_start() {
  local tree
  tree=$(rustup_mirror path 2>/dev/null) || tree=$(rustup_mirror build) || tree=''
  [[ -d $tree ]] || die "$EX_UNAVAILABLE" "the rustup mirror could not be made" "see: $LAB_DIR/mirror build"
  take_lock 6 serve "lab serve"
  if ! is_alive "$SERVE/rustup.pid" >/dev/null || [[ $(cat "$SERVE/rustup.tree" 2>/dev/null) != "$tree" ]]; then
    end_process "$SERVE/rustup.pid" 5
    printf '%s\n' "$tree" | write_file "$SERVE/rustup.tree"
    local port
    port=$(python3 "$LIB/free_port.py" 20000 32000 "$(cat "$SERVE/rustup.port" 2>/dev/null || true)")
    daemon --pid-file "$SERVE/rustup.pid" --log "$SERVE/rustup.log" -- \
      python3 -m http.server --bind 127.0.0.1 --directory "$tree" "$port"
    wait_listening "$SERVE/rustup.pid" "$port" || {
      tail -n 5 "$SERVE/rustup.log" >&2
      die "$EX_UNAVAILABLE" "the rustup mirror's server does not start"
    }
    printf '%s\n' "$port" | write_file "$SERVE/rustup.port"
  fi
  drop_lock 6
}
