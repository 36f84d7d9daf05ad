#!/usr/bin/env bash
# Makes a server out of the tree: a layer over it (users, network, keys, authorities, kernel
# modules), and the disk that holds both.
#
# usage: build-base.sh OUT TREE_DIR KERNEL_DIR GUEST_FILES SSH_PUBLIC_KEY CA_BUNDLE DISK_SIZE
# OUT gets layer/, disk.img (sparse) and known_hosts. Runs as root in namespaces of its own.
set -euo pipefail

out=$1 tree=$2/root kernel=$3 guest=$4 public_key=$5 ca_bundle=$6 size=$7
here=$(cd "$(dirname "$0")" && pwd)
root=$out/merged
umask 022
export LC_ALL=C

mkdir "$out/layer" "$out/work" "$root"
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$out/layer,workdir=$out/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C "$@"; }

echo "stage: server settings"
cp -R --no-preserve=mode,ownership "$guest/." "$root/"
chmod 0440 "$root/etc/sudoers.d/ci"
in_root useradd --create-home --shell /bin/bash ci
for home in root home/ci; do
  mkdir -p "$root/$home/.ssh"
  cp "$public_key" "$root/$home/.ssh/authorized_keys"
  chmod 0700 "$root/$home/.ssh"
  chmod 0600 "$root/$home/.ssh/authorized_keys"
done
in_root chown -R ci:ci /home/ci/.ssh
in_root systemctl --quiet enable systemd-networkd ssh
# Nothing of its own accord may hold apt's locks or the processor while a test runs.
in_root systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer \
  e2scrub_reap.service fstrim.timer dpkg-db-backup.timer getty@tty1.service
tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
mkdir -p "$root/usr/lib/modules"
cp -a "$kernel/modules/." "$root/usr/lib/modules/"

echo "stage: certificate authorities of the host"
python3 "$here/authorities.py" "$ca_bundle" "$root" "$root/usr/share/ca-certificates" /usr/share/ca-certificates
rm -f "$root/etc/ssh/ssh_host_rsa_key"* "$root/etc/ssh/ssh_host_ecdsa_key"*
printf 'crossarm-lab %s\n' "$(cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub")" >"$out/known_hosts"
umount -R -l "$root/dev"
umount "$root/proc"
find "$root/tmp" "$root/var/tmp" "$root/run" -mindepth 1 -delete

printf 'tree %s\nkernel %s\n' "${2##*/}" "${3##*/}" >"$out/inputs"

echo "stage: disk image"
mke2fs -q -t ext4 -L root -E lazy_itable_init=1,lazy_journal_init=1 -d "$root" "$out/disk.img" "$size"
chmod a+r "$out/disk.img"
umount "$root"
rm -rf "$out/work" "$root"
sync -f "$out/disk.img"
