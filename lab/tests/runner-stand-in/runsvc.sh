#!/usr/bin/env bash
# Stands in for GitHub's runsvc.sh: takes PATH from .path in its working directory, then runs the listener.
set -euo pipefail
if [[ -f .path ]]; then
  PATH=$(cat .path)
  export PATH
fi
exec "$PWD/bin/Runner.Listener" run --startuptype service
