#!/usr/bin/env bash
# Unpacks the kernel that the tree brought and makes its initrd, natively.
#
# usage: build-kernel.sh OUT TREE_DIR       (TREE_DIR/kernel holds the two packages)
# OUT gets vmlinuz, initrd.gz and modules/VERSION, the modules a server without devices needs.
set -euo pipefail

out=$1 packages=$2/kernel
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

echo "stage: kernel and initrd"
dpkg-deb -x "$packages"/linux-image-*.deb "$scratch/image"
dpkg-deb -x "$packages"/busybox-static_*.deb "$scratch/busybox"
lib=$scratch/image/usr/lib/modules
[[ -d $lib ]] || lib=$scratch/image/lib/modules
version=$(ls "$lib")
busybox=$(find "$scratch/busybox" -type f -name busybox -size +100k | head -n 1)
[[ -n $busybox ]] || { echo "no busybox in its package" >&2; exit 1; }

# A server in QEMU has no such hardware; what stays is a quarter of the size.
for unneeded in gpu media net/wireless net/ethernet staging sound infiniband iio scsi usb hid \
  mfd phy mtd platform input leds hwmon bluetooth isdn video ata bus clk soc i2c spi thermal; do
  rm -rf "$lib/$version/kernel/drivers/$unneeded"
done
rm -rf "$lib/$version/kernel/sound" "$lib/$version/build" "$lib/$version/source"

mkdir -p "$scratch/base/lib" "$out/modules"
ln -s "$lib" "$scratch/base/lib/modules"
depmod -b "$scratch/base" "$version"
mkdir "$scratch/initrd"
python3 "$here/initrd.py" "$lib/$version" "$busybox" "$scratch/initrd"
(cd "$scratch/initrd" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 | gzip -1) >"$out/initrd.gz"
cp "$scratch/image/boot/vmlinuz-$version" "$out/vmlinuz"
cp -a "$lib/$version" "$out/modules/$version"
chown -R 0:0 "$out/modules"
