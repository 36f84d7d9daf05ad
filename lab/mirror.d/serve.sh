# shellcheck shell=bash
# A web server on the loopback for a folder. The caller ends it: kill "$server".

serve() { # FOLDER LOGS: sets server (its process) and address
  local port='' _
  : >"$2/server.out" # read below, at times before the server has opened it
  python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$1" >"$2/server.out" 2>"$2/server.log" &
  server=$!
  for _ in {1..300}; do
    port=$(sed -n 's/^Serving HTTP on .* port \([0-9]*\) .*/\1/p' "$2/server.out")
    if [[ -n $port ]]; then break; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  [[ -n $port ]] || fail 69 "the web server did not start: $(cat "$2/server.log")"
  # shellcheck disable=SC2034  # the caller's
  address=http://127.0.0.1:$port
}
