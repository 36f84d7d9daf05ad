#!/usr/bin/env bash
# Crossarm's hook, run by the runner when a job starts. Ends with 0 in time, whatever happens, unless a hook of this machine's
# administrator chose to fail the job: docs/runner.md.
ended=0
timeout --kill-after=5 900 bash "${BASH_SOURCE[0]%/*}/job-hook.sh" started || ended=$?
if [ "$ended" = 79 ]; then exit 1; fi
exit 0
