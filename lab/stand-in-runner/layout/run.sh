#!/bin/bash
# A stand-in for GitHub's run.sh and run-helper.sh, built from the documented contract. It is not GitHub's program.
if [[ $(id -u) -eq 0 && -z ${RUNNER_ALLOW_RUNASROOT:-} ]]; then
  echo "Must not run interactively with sudo"
  exit 1
fi
DIR=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
while :; do
  "$DIR/bin/Runner.Listener" run "$@"
  code=$?
  case $code in
    2 | 3 | 4)
      echo "Restarting runner..."
      sleep 5
      ;;
    7) [[ ${ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE:-} == 1 ]] && exit 7 || exit 0 ;;
    *) exit 0 ;;
  esac
done
