#!/bin/bash
# shellcheck source-path=SCRIPTDIR
# A stand-in for GitHub's config.sh, built from the documented contract. It is not GitHub's program.
if [[ $(id -u) -eq 0 && -z ${RUNNER_ALLOW_RUNASROOT:-} ]]; then
  echo "Must not run with sudo"
  exit 1
fi
DIR=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cd "$DIR" || exit 1
# shellcheck source=env.sh
source ./env.sh
if [[ ${1:-} == remove ]]; then
  ./bin/Runner.Listener "$@"
else
  ./bin/Runner.Listener configure "$@"
fi
