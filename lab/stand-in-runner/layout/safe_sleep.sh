#!/bin/bash
# A stand-in for GitHub's safe_sleep.sh. It is not GitHub's program.
sleep "$1"
