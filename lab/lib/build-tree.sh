#!/usr/bin/env bash
# Makes the ARM64 Debian tree: debootstrap, then the packages of tree-packages, under emulation.
#
# usage: build-tree.sh OUT RELEASE MIRROR SECURITY_MIRROR PROXY PACKAGE_FILE APT_CONF KEYRING CA_BUNDLE
# Runs as root in mount and process namespaces of its own (see stage.sh), so that whatever it
# mounts or starts is gone when it ends, however it ends. SECURITY_MIRROR, PROXY and KEYRING
# may be empty. APT_CONF is a file with the host's own apt settings that the tree shall keep.
set -euo pipefail

out=$1 release=$2 mirror=$3 security=$4 proxy=$5 package_file=$6 apt_conf=$7 keyring=$8 ca_bundle=$9
tree=$out/root

export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
[[ -z $proxy ]] || export http_proxy=$proxy https_proxy=$proxy no_proxy=
umask 022

in_tree() { chroot "$tree" /usr/bin/env "$@"; }

# The script of `sid` serves every current release; an older host's debootstrap may not know
# this release by its name.
script=/usr/share/debootstrap/scripts/sid
args=(--arch=arm64 --variant=minbase)
[[ -z $keyring ]] || args+=("--keyring=$keyring")
echo "stage: debootstrap $release arm64"
debootstrap "${args[@]}" "$release" "$tree" "$mirror" "$script"

signed=/usr/share/keyrings/debian-archive-keyring.gpg
rm -f "$tree/etc/apt/sources.list"
{
  printf 'Types: deb\nURIs: %s\nSuites: %s %s-updates\nComponents: main\nSigned-By: %s\n' \
    "$mirror" "$release" "$release" "$signed"
  if [[ -n $security ]]; then
    printf '\nTypes: deb\nURIs: %s\nSuites: %s-security\nComponents: main\nSigned-By: %s\n' \
      "$security" "$release" "$signed"
  fi
} >"$tree/etc/apt/sources.list.d/debian.sources"
cp "$apt_conf" "$tree/etc/apt/apt.conf.d/90host-settings"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
# An https mirror behind the host's private authority needs that authority here already;
# the base image installs it properly later.
mkdir -p "$tree/etc/ssl/certs"
cp -L "$ca_bundle" "$tree/etc/ssl/certs/ca-certificates.crt"

mount -t proc proc "$tree/proc"
mount -t sysfs sys "$tree/sys"
mount --rbind /dev "$tree/dev"

mapfile -t packages < <(sed 's/#.*//; /^[[:space:]]*$/d' "$package_file")
echo "stage: packages for the tree"
in_tree apt-get -q update
# Only while the tree is built: nobody misses its writes when this machine loses power.
in_tree apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \
  install "${packages[@]}"
# shellcheck disable=SC2016 # dpkg-query's own placeholders
in_tree dpkg-query -W -f '${Package} ${Version}\n' >"$out/packages.txt"

echo "stage: kernel packages"
kernel=$(in_tree apt-cache depends --no-recommends --no-suggests linux-image-arm64 |
  sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
[[ -n $kernel ]] || { echo "no kernel package behind linux-image-arm64" >&2; exit 1; }
mkdir "$tree/var/tmp/kernel"
in_tree sh -c 'cd /var/tmp/kernel && apt-get -q -o APT::Sandbox::User=root download "$@"' sh \
  "$kernel" busybox-static
mv "$tree/var/tmp/kernel" "$out/kernel"

in_tree apt-get clean
rm -rf "$tree"/var/lib/apt/lists/* "$tree"/var/log/*.log "$tree"/var/log/apt/* "$tree/var/cache/debconf/"*-old
umount -R -l "$tree/dev"
umount "$tree/sys" "$tree/proc"
sync -f "$tree"
