#!/bin/bash
# A stand-in for GitHub's env.sh, built from the documented contract. It is not GitHub's program. Sourced by config.sh on every call.
touch .env
for name in LANG JAVA_HOME ANT_HOME M2_HOME ANDROID_HOME ANDROID_SDK_ROOT GRADLE_HOME NVM_BIN NVM_PATH LD_LIBRARY_PATH PERL5LIB; do
  # The real one looks for the text anywhere, and begins no new line: both on purpose here.
  if [[ -n ${!name:-} ]] && ! grep -q "$name=" .env; then
    echo "$name=${!name}" >>.env
  fi
done
echo "$PATH" >.path
