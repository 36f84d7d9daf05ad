# shellcheck shell=bash
# Tests in bash: one sentence and one command each, counted.
passed=0 failed=0

try() { # SENTENCE COMMAND...: one test; its output is shown when it fails
  local sentence=$1 start=${EPOCHREALTIME/,/.} word=ok status output
  output=$(mktemp)
  shift
  # Not as a condition: bash would then go on after a failed line of the test.
  set +e
  (set -e; "$@") >"$output" 2>&1
  status=$?
  set -e
  if ((status == 0)); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1)) word=FAILED
  fi
  LC_ALL=C awk -v w=$word -v s="$sentence" -v a="$start" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%-6s %6.1f s  %s\n", w, b - a, s }'
  if [[ $word != ok ]]; then sed 's/^/    /' "$output"; fi
  rm -f -- "$output"
}

holds() { # WORD FILE
  grep -qF -- "$1" "$2" || { echo "not in $2: $1"; cat "$2"; return 1; }
}

lacks() { # WORD COMMAND...
  local text
  text=$("${@:2}")
  [[ $text != *"$1"* ]] || { echo "unwanted: $1"; echo "$text"; return 1; }
}

static_pie() { # PROGRAM: for x86-64, position-independent, and yet without a dynamic loader or libraries
  local header
  header=$(readelf -h "$1")
  [[ $header =~ Machine:[^$'\n']*X86-64 && $header =~ Type:[^$'\n']*DYN ]] || { echo "$header"; return 1; }
  lacks INTERP readelf -lW "$1"
  lacks NEEDED readelf -dW "$1"
}
