#!/usr/bin/env python3
"""Give a component the shared libraries it needs, so that it runs on systems without Debian's packages.

usage: bundle.py PATCHELF ROOT COMPONENT LIBDIR

The libraries go into a folder of their own, not into lib/: rustup puts lib/ into LD_LIBRARY_PATH, where
they would reach every program that cargo starts.
"""

import os
import pathlib
import shutil
import subprocess
import sys

# Present on every system the toolchain is for. The C library must be the system's own.
OF_THE_SYSTEM = ("libc.so.", "libm.so.", "libdl.so.", "libpthread.so.", "librt.so.", "libresolv.so.", "libutil.so.",
                 "libgcc_s.so.", "libstdc++.so.", "ld-linux")  # fmt: skip


def main(patchelf, root, component, libdir):
    root, component = pathlib.Path(root), pathlib.Path(component)
    target = component / libdir
    folders = [d for top in ("usr/lib", "lib") for d in sorted(root.glob(f"{top}/*-linux-gnu"))]

    def needed(file):
        return subprocess.run([patchelf, "--print-needed", file], check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    def set_rpath(file):
        up = os.path.relpath(component, file.parent)
        paths = [f"$ORIGIN/{up}/lib", f"$ORIGIN/{up}/{libdir}"] if file.parent != target else ["$ORIGIN"]
        # clippy and the like load the compiler's library, whose own libraries lie in its component's folder.
        subprocess.run([patchelf, "--set-rpath", ":".join(paths), file], check=True)

    queue = [f for d in ("bin", "lib") for f in sorted((component / d).glob("*")) if f.is_file()]
    done = set()
    for file in queue:
        for name in needed(file):
            if name in done or name.startswith(OF_THE_SYSTEM) or name.startswith("librustc_driver-"):
                continue
            done.add(name)
            found = next((d / name for d in folders if (d / name).exists()), None)
            if found is None:
                sys.exit(f"bundle.py: {file} needs {name}, which no unpacked package holds")
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(found.resolve(), target / name)
            queue.append(target / name)
    for file in queue:
        set_rpath(file)


main(*sys.argv[1:])
