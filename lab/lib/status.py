#!/usr/bin/env python3
"""What is there and what runs, from the lab's folder.

usage: status.py CACHE text|json        Reads only. Sizes in bytes, times in seconds.
"""
import json
import os
import subprocess
import sys
import time


def read(path, default=""):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return default


def pairs(path):
    return dict(line.partition(" ")[::2] for line in read(path).splitlines())


def process(pid_file):
    """The pid when the very process that was recorded still runs, and its age in seconds."""
    fields = read(pid_file).split()
    if len(fields) != 2:
        return None, None
    stat = read(f"/proc/{fields[0]}/stat").rpartition(")")[2].split()
    if len(stat) < 20 or stat[19] != fields[1] or stat[0] == "Z":
        return None, None
    uptime = float(read("/proc/uptime").split()[0])
    return int(fields[0]), round(uptime - int(stat[19]) / os.sysconf("SC_CLK_TCK"))


def folders(path):
    try:
        return sorted(name for name in os.listdir(path) if os.path.isdir(f"{path}/{name}") and name[0] != ".")
    except OSError:
        return []


def disk_use(path):
    try:
        return os.stat(path).st_blocks * 512
    except OSError:
        return None


def servers(cache):
    for name in folders(f"{cache}/run/vm"):
        folder = f"{cache}/run/vm/{name}"
        origin = pairs(f"{folder}/origin")
        pid, age = process(f"{folder}/qemu.pid")
        port = read(f"{folder}/port")
        yield {
            "name": name,
            "running": pid is not None,
            "pid": pid,
            "up_seconds": age,
            "ssh_port": int(port) if port.isdigit() else None,
            "memory_mib": int(origin.get("memory") or 0),
            "base": origin.get("base") or None,
            "snapshot": origin.get("snapshot") or None,
            "disk_bytes": disk_use(f"{folder}/disk.qcow2"),
            "console": f"{folder}/console.log",
        }


def snapshots(cache):
    for base in folders(f"{cache}/snapshots"):
        for name in sorted(os.listdir(f"{cache}/snapshots/{base}")):
            if name.endswith(".qcow2"):
                path = f"{cache}/snapshots/{base}/{name}"
                yield {
                    "name": name[: -len(".qcow2")],
                    "base": base,
                    "from": pairs(path[: -len("qcow2")] + "origin").get("snapshot") or None,
                    "disk_bytes": disk_use(path),
                    "made": int(os.stat(path).st_mtime),
                }


def services(cache):
    for name in ("rustup", "apt"):
        pid, age = process(f"{cache}/run/serve/{name}.pid")
        port = read(f"{cache}/run/serve/{name}.port")
        url = f"http://127.0.0.1:{port}" if pid and port else None
        yield {"name": name, "running": pid is not None, "pid": pid, "up_seconds": age, "url": url}


def locked(path):
    return subprocess.run(["flock", "-n", path, "true"], check=False).returncode != 0


def chroots(cache):
    for name in folders(f"{cache}/chroots"):
        lock = f"{cache}/locks/chroot-{name}"
        yield {
            "name": name,
            "base": pairs(f"{cache}/chroots/{name}/origin").get("base"),
            "in_use": os.path.exists(lock) and locked(lock),
        }


def snapshot_of_everything(cache):
    return {
        "schema": 1,
        "cache": cache,
        "time": int(time.time()),
        "bases": folders(f"{cache}/base"),
        "servers": list(servers(cache)),
        "snapshots": list(snapshots(cache)),
        "chroots": list(chroots(cache)),
        "services": list(services(cache)),
    }


def mib(size):
    return "-" if size is None else f"{size / 2**20:.0f} MiB"


def as_text(state):
    yield f"cache      {state['cache']}"
    yield f"bases      {', '.join(state['bases']) or 'none (run: lab prepare)'}"
    for server in state["servers"]:
        what = f"up {server['up_seconds']} s, ssh port {server['ssh_port']}" if server["running"] else "not running"
        source = f"snapshot {server['snapshot']}" if server["snapshot"] else "base"
        yield f"server     {server['name']}: {what}, from {source}, disk {mib(server['disk_bytes'])}"
    for snapshot in state["snapshots"]:
        yield f"snapshot   {snapshot['name']}: {mib(snapshot['disk_bytes'])}, of base {snapshot['base']}"
    for chroot in state["chroots"]:
        yield f"chroot     {chroot['name']}{': in use' if chroot['in_use'] else ''}"
    for service in state["services"]:
        yield f"service    {service['name']}: {service['url'] or 'not running'}"


def main():
    cache, form = sys.argv[1:]
    state = snapshot_of_everything(cache)
    print(json.dumps(state, indent=2) if form == "json" else "\n".join(as_text(state)))


if __name__ == "__main__":
    main()
