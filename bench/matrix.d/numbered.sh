# Digests as they were while kinds of compiler had numbers for versions: see the list `numbered`.
# shellcheck shell=bash

# A script for sed that gives kinds of compiler the names of that time.
compilers_as_numbered() {
  sed -E '/^#/d; s|(.+)\t(.+)|s/\1/\2/g|' "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/numbered"
}

# What sha256sum says of each file, with those names in the files and theirs.
digests_of_files() { # SED-SCRIPT FOLDER [FIND-ARGUMENT...]
  local names=$1 folder=$2 file
  shift 2
  (cd "$folder" && find . "$@" -type f -print0 | sort -z | while IFS= read -r -d '' file; do
    printf '%s  %s\n' "$(LC_ALL=C sed "$names" "$file" | sha256sum | cut -c 1-64)" "$file"
  done | sed "$names")
}
