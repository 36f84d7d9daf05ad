# shellcheck shell=bash disable=SC2034 # prepare.sh uses the lists
# What the lab needs of the host: rights, packages, a Debian mirror, binfmt_misc.

readonly HOST_PACKAGES=(qemu-user-static qemu-system-arm qemu-utils debootstrap
  debian-archive-keyring e2fsprogs kmod cpio xz-utils openssh-client openssl python3 util-linux iproute2)
readonly BINFMT=/proc/sys/fs/binfmt_misc
readonly BINFMT_ENTRY=crossarm-aarch64

# why_not: prints why the lab cannot run on this host; nothing when it can.
why_not() {
  [[ $(uname -s) == Linux ]] || { echo "the lab needs Linux, this is $(uname -s)"; return; }
  [[ $(uname -m) == x86_64 ]] || {
    echo "the lab emulates ARM64 on x86-64, this machine is $(uname -m); on ARM64 use the machine itself"
    return
  }
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    echo "the lab needs Debian or Ubuntu (apt-get or dpkg is missing here)"
    return
  fi
  can_be_root || {
    echo "the lab needs root: run it as root, or allow sudo without a password for $(id -un)"
    return
  }
  as_root unshare --mount --pid --fork true 2>/dev/null || {
    echo "the lab needs mount namespaces, and the kernel refuses them here (an unprivileged container? start it privileged)"
    return
  }
  grep -qw binfmt_misc /proc/filesystems || as_root modprobe binfmt_misc 2>/dev/null || {
    echo "the lab needs binfmt_misc, and this kernel has none (module binfmt_misc)"
    return
  }
  grep -qw overlay /proc/filesystems || as_root modprobe overlay 2>/dev/null || {
    echo "the lab needs overlayfs, and this kernel has none (module overlay)"
    return
  }
  local kib
  mkdir -p "$CACHE" 2>/dev/null || { echo "cannot create $CACHE; set CROSSARM_CACHE to a folder you may write"; return; }
  kib=$(df -Pk "$CACHE" | awk 'NR == 2 { print $4 }')
  ((kib >= 6 * 1024 * 1024)) ||
    echo "the lab needs 6 GiB free under $CACHE ($((kib / 1024)) MiB are); free some, or set CROSSARM_CACHE"
}

can_run() {
  local reason
  reason=$(why_not)
  [[ -z $reason ]] || die "$EX_UNAVAILABLE" "the lab cannot run here: $reason"
}

# host_apt ARGS...: apt-get that asks nothing, starts no shell, and waits for others' locks.
host_apt() {
  local output status=0
  output=$(mktemp)
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" >"$output" 2>&1 </dev/null 8>&- 9>&- || status=$?
  if [[ $status -ne 0 ]]; then
    tail -n 15 "$output" >&2
    rm -f "$output"
    die "$EX_UNAVAILABLE" "apt-get $* failed on this machine (its last lines are above)" \
      "repair it by hand, then run lab prepare again"
  fi
  rm -f "$output"
}

install_missing() {
  local missing
  # shellcheck disable=SC2016 # dpkg-query's own placeholders
  mapfile -t missing < <(printf '%s\n' "$@" | grep -vxFf \
    <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii *//p'))
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ -n $(dpkg --audit 2>/dev/null) ]]; then
    timed_aloud "finishing an interrupted dpkg" as_root env DEBIAN_FRONTEND=noninteractive dpkg --configure -a >&2 8>&- 9>&-
  fi
  timed "apt-get update on the host" host_apt update
  timed "host packages: ${missing[*]}" host_apt install --no-install-recommends "${missing[@]}"
}

# read_apt_sources: sets APT_SOURCES, one line "LABEL|URI|RELEASE|COMPONENT" for each source of
# this host. Labels are known only once its lists have been fetched.
APT_SOURCES=''
read_apt_sources() {
  # shellcheck disable=SC2016 # apt's own placeholders
  APT_SOURCES=$(apt-get indextargets --format '$(LABEL)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)' \
    'Created-By: Packages' 2>/dev/null) || true
}

# debian_mirror: the archive the tree comes from, as this machine's own apt knows it.
debian_mirror() {
  local uri
  if [[ -n ${CROSSARM_LAB_MIRROR:-} ]]; then
    printf '%s\n' "${CROSSARM_LAB_MIRROR%/}"
    return
  fi
  uri=$(awk -F'|' '$1 == "Debian" && $3 !~ /-(updates|security|backports)/ && $4 == "main" { print $2; exit }' <<<"$APT_SOURCES")
  # Ubuntu has no Debian in its sources; its debootstrap knows the archive by itself.
  [[ -n $uri ]] || uri=$(sed -n 's/^DEF_MIRROR="\(http[^"]*debian\)"$/\1/p' /usr/sbin/debootstrap 2>/dev/null)
  [[ $uri == http://* || $uri == https://* ]] || die "$EX_UNAVAILABLE" \
    "this machine's apt configuration names no Debian archive (found: '${uri}')" \
    "set CROSSARM_LAB_MIRROR to the address of one (with the folder that holds dists/)"
  printf '%s\n' "${uri%/}"
}

# security_mirror: empty when this machine has none configured.
security_mirror() {
  local uri=${CROSSARM_LAB_SECURITY_MIRROR-unset}
  if [[ $uri == unset ]]; then
    uri=
    [[ -n ${CROSSARM_LAB_MIRROR:-} ]] ||
      uri=$(awk -F'|' '$1 == "Debian-Security" && $4 == "main" { print $2; exit }' <<<"$APT_SOURCES")
  fi
  printf '%s\n' "${uri%/}"
}

# host_apt_settings: the host's own settings that decide whether its mirror can be used at all.
host_apt_settings() {
  apt-config dump --format '%F "%v";%n' |
    grep -E '^Acquire::(Check-Valid-Until|Check-Date|Max-FutureTime|Retries|ForceIPv[46]|https?::(Timeout|Verify-Peer|Verify-Host)) ' || true
}

# upstream_proxy: the proxy this machine's apt uses for http, if any.
upstream_proxy() {
  local proxy
  proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy 2>/dev/null | head -n 1)
  printf '%s\n' "${proxy:-${http_proxy:-}}"
}

host_ca_bundle() {
  local file
  for file in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt; do
    [[ -r $file ]] && { printf '%s\n' "$file"; return; }
  done
  printf '/dev/null\n'
}

emulator() {
  local program
  for program in /usr/bin/qemu-aarch64-static /usr/bin/qemu-aarch64; do
    [[ -x $program ]] && { readlink -f "$program"; return; }
  done
  die "$EX_UNAVAILABLE" "qemu-aarch64-static is not installed" "run: lab prepare"
}

# An entry helps in a chroot only with the F flag: the kernel keeps the emulator open itself.
runs_aarch64() {
  local entry
  for entry in "$BINFMT"/*; do
    [[ -f $entry ]] || continue
    if grep -q '^enabled' "$entry" 2>/dev/null && grep -q '^flags:.*F' "$entry" &&
      grep -q '^magic 7f454c460201010000000000000000000200b700' "$entry"; then return 0; fi
  done
  return 1
}

# Registers the emulator unless the host has it; what we add is recorded, for binfmt_down.
binfmt_up() {
  [[ -e $BINFMT/register ]] && runs_aarch64 && return 0
  mkdir -p "$RUN/host"
  if [[ ! -e $BINFMT/register ]]; then
    touch "$RUN/host/binfmt-mounted"
    as_root mount -t binfmt_misc binfmt_misc "$BINFMT" ||
      die "$EX_UNAVAILABLE" "cannot mount binfmt_misc on $BINFMT" "the lab needs it for ARM64 programs"
    runs_aarch64 && return 0
  fi
  touch "$RUN/host/binfmt-registered"
  # F: see above. C, and O which it needs: sudo works inside. The mask lets any ABI byte pass.
  printf '%s' ":$BINFMT_ENTRY:M::\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$(emulator):OCF" |
    as_root tee "$BINFMT/register" >/dev/null ||
    die "$EX_UNAVAILABLE" "cannot register the ARM64 emulator in $BINFMT/register"
}

binfmt_down() {
  if [[ -e $RUN/host/binfmt-registered ]]; then
    [[ ! -e $BINFMT/$BINFMT_ENTRY ]] || echo -1 | as_root tee "$BINFMT/$BINFMT_ENTRY" >/dev/null
    rm -f "$RUN/host/binfmt-registered"
  fi
  if [[ -e $RUN/host/binfmt-mounted ]]; then
    ! mountpoint -q "$BINFMT" || as_root umount "$BINFMT" 2>/dev/null ||
      warn "$BINFMT is in use by others, left mounted"
    rm -f "$RUN/host/binfmt-mounted"
  fi
}
