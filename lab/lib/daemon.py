#!/usr/bin/env python3
"""Start a command that outlives its caller, and record which process it is.

usage: daemon.py --pid-file FILE --log FILE -- COMMAND...

The command runs in a session of its own with standard input from /dev/null, output to the
log, and no other descriptor of the caller (so it holds none of the caller's locks). FILE gets
"PID STARTTIME" (field 22 of /proc/PID/stat) before the command begins: it never runs
unrecorded, even if this program is killed in between.
"""
import argparse
import os
import sys


def start_time(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        return stat.read().rpartition(")")[2].split()[19]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pid-file", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()

    go_read, go_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go_write)
        os.setsid()
        if os.read(go_read, 1) != b"g":  # the parent died before it could record us
            os._exit(1)
        log = os.open(args.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.closerange(3, 4096)
        try:
            os.execvp(args.command[0], args.command)
        except OSError as error:
            os.write(2, f"cannot start {args.command[0]}: {error}\n".encode())
            os._exit(127)

    new = f"{args.pid_file}.new"
    with open(new, "w", encoding="utf-8") as file:
        file.write(f"{pid} {start_time(pid)}\n")
    os.replace(new, args.pid_file)
    os.write(go_write, b"g")


if __name__ == "__main__":
    sys.exit(main())
