# One line a check, and the closing line `NAME: N passed, N failed`.
# shellcheck shell=bash

good=0 bad=0

# check SENTENCE COMMAND...: the command must succeed. Its output is shown when it does not.
check() {
  local sentence=$1 output status=0
  shift
  output=$("$@" 2>&1) || status=$?
  if [[ $status -eq 0 ]]; then
    good=$((good + 1))
    say "ok      $sentence"
  else
    bad=$((bad + 1))
    say "FAILED  $sentence (status $status)"
    say "        $(printf '%s' "$output" | tail -n 30 | sed '2,$s/^/        /')"
  fi
}

# ends_with STATUS TEXT COMMAND...: the command must end with this status and say this (an extended regular expression).
ends_with() {
  local wanted=$1 text=$2 output status=0
  shift 2
  output=$("$@" 2>&1) || status=$?
  printf '%s\n' "$output"
  if [[ $status -ne $wanted ]]; then
    echo "ended with status $status instead of $wanted"
    return 1
  fi
  if ! grep -qE -- "$text" <<<"$output"; then
    echo "did not say: $text"
    return 1
  fi
}

# copy_tree FOLDER: what is tracked of this checkout, or would be, into a folder that is there.
copy_tree() {
  git -C "$ROOT" ls-files -z --cached --others --exclude-standard |
    (cd "$ROOT" && while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done) |
    tar -C "$ROOT" --null -T - -cf - | tar -C "$1" -xf -
}

finish_checks() { # NAME
  printf '%s: %d passed, %d failed\n' "$1" "$good" "$bad"
  [[ $bad -eq 0 && $good -gt 0 ]]
}
