#!/usr/bin/env python3
"""Write the folder of a small arm64 initrd: busybox and the modules that a virtio disk needs.

usage: initrd.py MODULES BUSYBOX OUT

MODULES is the kernel's own folder usr/lib/modules/VERSION, depmod run; BUSYBOX a static arm64
busybox. Making it natively takes a second; initramfs-tools under emulation takes minutes.
"""
import lzma
import os
import shutil
import sys

WANTED = ("virtio_mmio", "virtio_blk", "virtio_net", "ext4", "crc32c_generic", "virtio_rng", "rtc_pl031")

INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $(cat /mod/order); do insmod "/mod/$module.ko"; done
tries=0
while ! [ -b /dev/vda ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ]; then echo "initrd: no disk /dev/vda after 30 s"; poweroff -f; fi
  sleep 0.1
done
mount -t ext4 -o rw /dev/vda /root || { echo "initrd: cannot mount /dev/vda"; poweroff -f; }
mount --move /dev /root/dev
umount /proc /sys
exec switch_root /root /sbin/init
"""


def module_name(path):
    return os.path.basename(path).split(".ko")[0].replace("-", "_")


def read_dependencies(modules):
    with open(f"{modules}/modules.dep", encoding="utf-8") as lines:
        return {path.strip(): needs.split() for path, needs in (line.split(":") for line in lines)}


def load_order(dependencies):
    """Paths of the wanted modules, each after all it needs. Built-in ones are simply absent."""
    by_name = {module_name(path): path for path in dependencies}
    order = []

    def add(path):
        for needed in reversed(dependencies[path]):
            add(needed)
        if path not in order:
            order.append(path)

    for name in WANTED:
        if name in by_name:
            add(by_name[name])
    if not any(module_name(path) == "ext4" for path in order):
        sys.exit("initrd.py: no ext4 module found; has the kernel package another layout?")
    return order


def main():
    modules, busybox, out = sys.argv[1:]
    for folder in ("mod", "bin", "proc", "sys", "dev", "root"):
        os.makedirs(f"{out}/{folder}")
    order = load_order(read_dependencies(modules))
    for path in order:
        with open(f"{modules}/{path}", "rb") as file:
            data = file.read()
        if path.endswith(".xz"):
            data = lzma.decompress(data)
        with open(f"{out}/mod/{module_name(path)}.ko", "wb") as file:
            file.write(data)
    with open(f"{out}/mod/order", "w", encoding="utf-8") as file:
        file.write("\n".join(module_name(path) for path in order) + "\n")
    shutil.copyfile(busybox, f"{out}/bin/busybox")
    with open(f"{out}/init", "w", encoding="utf-8") as file:
        file.write(INIT)
    for program in ("bin/busybox", "init"):
        os.chmod(f"{out}/{program}", 0o755)


if __name__ == "__main__":
    main()
