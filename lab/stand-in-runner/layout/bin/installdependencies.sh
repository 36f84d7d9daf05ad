#!/bin/bash
# A stand-in for GitHub's installdependencies.sh: needs root, installs nothing, and says that it finished. It is not GitHub's program.
set -u
if [[ $(id -u) -ne 0 ]]; then
  echo "Need to run with sudo privilege"
  exit 1
fi
echo "-----------------------------"
echo " Finish Install Dependencies"
echo "-----------------------------"
