# shellcheck shell=bash
# Messages, times and the few host packages the mirror needs.

say() { printf 'mirror: %s\n' "$*" >&2; }

fail() { # STATUS MESSAGE
  local status=$1
  shift
  say "error: $*"
  exit "$status"
}

timed() { # LABEL COMMAND...
  local label=$1 start=${EPOCHREALTIME/,/.}
  shift
  "$@"
  say "$(LC_ALL=C awk -v l="$label" -v a="$start" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%-20s %6.1f s", l, b - a }')"
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Installs what is missing of "COMMAND=PACKAGE" pairs with the host's own apt.
need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    fail 77 "missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get -q -o DPkg::Lock::Timeout=600 update && apt-get -q -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "$@"' \
    sh "${missing[@]}" </dev/null >&2 || fail 69 "apt-get could not install ${missing[*]}"
}

host_packages() {
  command -v apt-get >/dev/null || fail 69 "no apt-get here: the mirror is made on Debian and Ubuntu machines"
  need python3=python3 xz=xz-utils gcc=gcc
  # A compiler without the C library's headers and start files cannot link build scripts.
  [[ -e $(gcc -print-file-name=crti.o) ]] || need libc6-dev-is-missing=libc6-dev
}
