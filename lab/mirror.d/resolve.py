#!/usr/bin/env python3
"""List packages of the apt root that APT_CONFIG names: "name version sha256 file" a line.

usage: resolve.py PACKAGE...   A name ending in + brings the shared libraries it depends on along.
"""

import re
import subprocess
import sys

# Every Debian and Ubuntu system has these; carrying them along would be wrong (the C library) or useless.
OF_THE_SYSTEM = {"libc6", "libgcc-s1", "libstdc++6", "libc-bin", "libcrypt1"}


def candidates(names):
    """The version apt would install, per name; virtual names answer nothing."""
    run = subprocess.run(
        ["apt-cache", "--no-all-versions", "show", *sorted(names)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    found = {}
    for paragraph in run.stdout.split("\n\n"):
        fields = dict(re.findall(r"^([A-Za-z0-9-]+): (.*)$", paragraph, re.M))
        if "SHA256" in fields:
            found.setdefault(fields["Package"], fields)
    return found


def libraries(fields):
    """The names of run-time libraries a package depends on, each group with its alternatives."""
    depends = ", ".join(fields[f] for f in ("Pre-Depends", "Depends") if f in fields)
    for group in filter(None, depends.split(",")):
        names = [re.split(r"[ (:]", alternative.strip())[0] for alternative in group.split("|")]
        if names[0].startswith(("lib", "zlib")) and not names[0].endswith(("-dev", "-common", "-data")):
            if not OF_THE_SYSTEM.intersection(names):
                yield names


def main(arguments):
    deep = {a[:-1] for a in arguments if a.endswith("+")}
    chosen = candidates({a.rstrip("+") for a in arguments})
    missing = {a.rstrip("+") for a in arguments} - set(chosen)
    if missing:
        sys.exit(f"resolve.py: not in the package lists: {', '.join(sorted(missing))}")
    open_ends, seen = [chosen[n] for n in sorted(deep)], set(deep)
    while open_ends:
        groups = [g for fields in open_ends for g in libraries(fields)]
        known = candidates({n for g in groups for n in g} - seen)
        open_ends = []
        for group in groups:
            name = next((n for n in group if n in known or n in seen), None)
            if name is None:
                sys.exit(f"resolve.py: not in the package lists: {' | '.join(group)}")
            if name not in seen:
                seen.add(name)
                chosen.setdefault(name, known[name])
                open_ends.append(chosen[name])
    for name, f in sorted(chosen.items()):
        file = f"{name}_{f['Version'].replace(':', '%3a')}_{f['Architecture']}.deb"
        print(name, f["Version"], f["SHA256"], file)


main(sys.argv[1:])
