#!/usr/bin/env python3
"""Print a TCP port that is free on the loopback now.

usage: free_port.py LOW HIGH [PREFERRED]

Another process may take it before the caller does: callers notice, and ask again.
"""
import random
import socket
import sys


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def main():
    low, high = int(sys.argv[1]), int(sys.argv[2])
    preferred = [int(text) for text in sys.argv[3:] if text.isdigit() and low <= int(text) < high]
    for port in preferred + random.sample(range(low, high), min(200, high - low)):
        if is_free(port):
            print(port)
            return
    sys.exit(f"no free port between {low} and {high}")


if __name__ == "__main__":
    main()
