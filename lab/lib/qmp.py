#!/usr/bin/env python3
"""Save a running QEMU's whole state to a file, and end it.

usage: qmp.py SOCKET FILE       SOCKET speaks QEMU's machine protocol (QMP)
"""
import json
import shlex
import socket
import sys
import time

DEADLINE = 600  # seconds; saving takes a few


class Monitor:
    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(60)
        self._socket.connect(path)
        self._lines = self._socket.makefile("rw", encoding="utf-8")
        self._lines.readline()  # the greeting
        self.call("qmp_capabilities")

    def call(self, command, **arguments):
        self._lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._lines.flush()
        while True:
            answer = json.loads(self._lines.readline() or '{"error": {"desc": "QEMU is gone"}}')
            if "error" in answer:
                sys.exit(f"qmp.py: {command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]


def main():
    path, file = sys.argv[1:]
    monitor = Monitor(path)
    monitor.call("migrate-set-parameters", **{"max-bandwidth": 10 * 2**30})
    monitor.call("migrate", uri=f"exec:cat >{shlex.quote(file)}")
    deadline = time.monotonic() + DEADLINE
    while True:
        status = monitor.call("query-migrate").get("status")
        if status == "completed":
            break
        if status in ("failed", "cancelled") or time.monotonic() > deadline:
            sys.exit(f"qmp.py: saving ended as '{status}'")
        time.sleep(0.2)
    monitor.call("quit")


if __name__ == "__main__":
    main()
