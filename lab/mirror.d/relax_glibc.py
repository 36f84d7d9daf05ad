#!/usr/bin/env python3
"""Let an x86-64 program of a newer Debian start where the C library is older.

usage: relax_glibc.py VERSION FILE

Symbols that FILE wants from a GLIBC_ version above VERSION lose that version and bind to whatever the
system has, and the wish for the version becomes one for the oldest there is. This is right only for functions that
every version has in the same form (here fmod) and for weak ones the program can do without (here the
pidfd family); any other symbol is refused.
"""

import pathlib
import struct
import sys

HARMLESS = {"fmod"}
OLDEST = "GLIBC_2.2.5"  # of the x86-64 C library, in each of its parts
WEAK = 2  # STB_WEAK
GLOBAL = 1  # VER_NDX_GLOBAL: no version wanted


def sections(data):
    if data[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", data, 18)[0] != 62:
        sys.exit("relax_glibc.py: not an ELF file for x86-64")
    offset = struct.unpack_from("<Q", data, 40)[0]
    size, count = struct.unpack_from("<HH", data, 58)
    return [struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size) for i in range(count)]


def string(data, section, at):
    start = section[4] + at
    return data[start : data.index(b"\0", start)].decode()


def main(limit, file):
    path = pathlib.Path(file)
    data = bytearray(path.read_bytes())
    table = sections(data)
    kind = {s[1]: s for s in table}
    needs, versions, symbols = kind[0x6FFFFFFE], kind[0x6FFFFFFF], kind[11]
    strings = table[needs[6]]
    highest = tuple(int(p) for p in limit.split("."))
    wishes, entry = [], needs[4]
    while True:
        _, count, _, aux, following = struct.unpack_from("<HHIII", data, entry)
        at = entry + aux
        for _ in range(count):
            digest, flags, index, name, step = struct.unpack_from("<IHHII", data, at)
            wishes.append((at, digest, flags, index, name, step, string(data, strings, name)))
            at += step
        if not following:
            break
        entry += following
    oldest = next((w for w in wishes if w[6] == OLDEST), None)
    if oldest is None:
        sys.exit(f"relax_glibc.py: {file} does not name {OLDEST}")
    relaxed = set()
    for at, _, flags, index, _, step, wanted in wishes:
        if wanted.startswith("GLIBC_2.") and tuple(int(p) for p in wanted[6:].split(".")) > highest:
            struct.pack_into("<IHHII", data, at, oldest[1], flags, index, oldest[4], step)
            relaxed.add(index)
    for i in range(versions[5] // 2):
        at = versions[4] + 2 * i
        if struct.unpack_from("<H", data, at)[0] & 0x7FFF in relaxed:
            name, info = struct.unpack_from("<IB", data, symbols[4] + 24 * i)
            symbol = string(data, table[symbols[6]], name)
            if info >> 4 != WEAK and symbol not in HARMLESS:
                sys.exit(f"relax_glibc.py: {file} needs {symbol}, which C library {limit} may not have")
            struct.pack_into("<H", data, at, GLOBAL)
    path.write_bytes(data)


main(*sys.argv[1:])
