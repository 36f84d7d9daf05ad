#!/usr/bin/env bash
# Mounts the chroot and runs a command in it; process 1 of its own namespaces, as root.
#
# usage: enter-chroot.sh DIR LOWER USER APT_PROXY RUSTUP_URL BINDS BIND... COMMAND...
set -euo pipefail

dir=$1 lower=$2 user=$3 proxy=$4 rustup=$5 count=$6
shift 6
root=$dir/root
umask 022

mount -t overlay overlay -o "lowerdir=$lower,upperdir=$dir/upper,workdir=$dir/work" "$root" || {
  echo "[lab] error: cannot mount the chroot's overlay (is $dir itself on an overlay? set CROSSARM_CACHE to a folder on a plain disk)" >&2
  exit 69
}
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=0755 tmpfs "$root/run"
for file in resolv.conf hosts; do
  touch "$root/run/$file"
  cat "/etc/$file" >"$root/run/$file"
  mount --bind "$root/run/$file" "$root/etc/$file"
done
printf 'Acquire::http::Proxy "%s";\n' "$proxy" >"$root/etc/apt/apt.conf.d/01lab-proxy"
# sudo clears the environment, and the emulator's default processor is 20 times slower.
printf 'Defaults env_keep += "QEMU_CPU"\n' >"$root/etc/sudoers.d/lab-emulator"
chmod 0440 "$root/etc/sudoers.d/lab-emulator"
# No package may start a service of the host's: there is no systemd in here.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"

for ((; count > 0; count--)); do
  host=${1%%:*} guest=$root${1#*:}
  if [[ -d $host ]]; then mkdir -p "$guest"; else mkdir -p "${guest%/*}" && touch "$guest"; fi
  mount --rbind "$host" "$guest"
  shift
done

home=$(sed -n "s/^$user:[^:]*:[^:]*:[^:]*:[^:]*:\([^:]*\):.*/\1/p" "$root/etc/passwd")
[[ -n $home ]] || { echo "[lab] error: the chroot has no user '$user'" >&2; exit 64; }
environment=("HOME=$home" "USER=$user" "LOGNAME=$user" "TERM=${TERM:-dumb}" LANG=C.UTF-8 "QEMU_CPU=$QEMU_CPU"
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
[[ -z $rustup ]] || environment+=("LAB_RUSTUP=$rustup")
# Not exec: process 1 stays a shell that reaps what the command leaves behind.
status=0
# shellcheck disable=SC2016 # for the shell inside
chroot "--userspec=$user" "$root" /usr/bin/env -i "${environment[@]}" \
  sh -c 'cd "$HOME" && exec "$@"' sh "$@" || status=$?
exit "$status"
