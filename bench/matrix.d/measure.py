#!/usr/bin/env python3
"""Builds, proves and runs the cases of the matrix, and keeps a result a case and column.

usage: measure.py [--list] [--case NAME]... [--column NAME]... [--jobs N] [--fresh] [--deadline MINUTES]
                  [--published FILE] [--crossarm FILE --jar FILE] PLACE CASES
"""

import argparse
import concurrent.futures
import datetime
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

try:
    import tomllib
except ImportError:  # Python before 3.11
    import tomli as tomllib

TRIPLE = "x86_64-unknown-linux-musl"
SIZES = ["small", "large", "giant"]
# The same for every column. Optimised lightly: what is measured is whether C builds and what its compiler costs.
PROFILE = {
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "1",
    "CARGO_PROFILE_RELEASE_DEBUG": "0",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
    "CARGO_INCREMENTAL": "0",
    "CARGO_TERM_COLOR": "never",
    "CARGO_TERM_PROGRESS_WHEN": "never",
}
# Counts up when a result means something else than before.
SCHEMA = 1
RUN_SECONDS = 120


def cases_in(folder):
    found = []
    for manifest in folder.glob("*/Cargo.toml"):
        text = tomllib.loads(manifest.read_text())
        about = text["package"]["metadata"]["matrix"]
        found.append({"name": manifest.parent.name, "folder": manifest.parent, "size": "small", "lab": False, "cpp": False, **about})
    return sorted(found, key=lambda case: (SIZES.index(case["size"]), case["name"]))


def column_in(place, name):
    folder = place / "columns" / name
    pairs = lambda file, mark: dict(line.split(mark, 1) for line in (folder / file).read_text().splitlines() if line)
    cache = folder / "zig-cache"
    return {
        "name": name,
        "environment": pairs("environment", "="),
        "versions": pairs("versions", "\t"),
        "command": (folder / "command").read_text().split(),
        "digest": (folder / "digest").read_text().strip(),
        "cache": cache.read_text().strip() if cache.exists() else None,
    }


def digest_of(case, rest):
    """Of a case's program and crates, and of `rest`."""
    digest = hashlib.sha256()
    for file in sorted(case["folder"].rglob("*")):
        if file.is_file() and "target" not in file.parts:
            content = file.read_bytes()
            if file.name == "Cargo.toml":  # what the table says about a case changes no result
                manifest = tomllib.loads(content.decode())
                manifest["package"].pop("metadata")
                content = json.dumps(manifest, sort_keys=True).encode()
            digest.update(f"{file.relative_to(case['folder'])}\0".encode() + content + b"\0")
    digest.update(json.dumps(rest, sort_keys=True).encode())
    return digest.hexdigest()


def as_numbered(text):
    """With kinds of compiler named as in published keys."""
    for line in (Path(__file__).parent / "numbered").read_text().splitlines():
        if not line.startswith("#"):
            text = text.replace(*line.split("\t"))
    return text


def key_of(case, column, jobs):
    """Changes whenever the result may: with the program, the crates, the toolchain, and how it is called."""
    # Without what differs between two runs on the same machine: where a mirror listens.
    settled = {k: as_numbered(v) for k, v in column["environment"].items() if not k.startswith("RUSTUP_")}
    return digest_of(case, [SCHEMA, settled, column["versions"], column["command"], column["digest"], PROFILE, jobs])


def published(file):
    """The results in a file that `report.py --json` wrote, by case and column; the lab's by its name."""
    if not file or not file.exists():
        return {}
    return {(case["name"], column): result
            for case in json.loads(file.read_text())["cases"]
            for column, result in [*case["results"].items(), ("lab", case["lab"])] if result}


def results_of(options, case, column):
    """What is known, this machine's first: none, one or two."""
    file = options.place / "results" / case["name"] / f"{column}.json"
    if file.exists():
        yield json.loads(file.read_text())
    elsewhere = published(options.published).get((case["name"], column))
    if elsewhere:
        yield elsewhere


def kept(options, case, column, key):
    """A result that still holds, or None."""
    return next((result for result in results_of(options, case, column) if result["key"] == key), None)


class Bench:
    def __init__(self, options):
        self.options = options
        self.place = options.place
        self.crossarm = {"command": str(options.crossarm), "jar": str(options.jar)}
        self.build_jobs = min(4, os.cpu_count() or 1)
        self.fresh = options.fresh
        self.ends = time.monotonic() + 60 * options.deadline if options.deadline else None
        self.talk = threading.Lock()
        self.fetching = threading.Lock()
        self.children = set()
        self.stopping = False

    def stop(self, number, _):
        """Builds have sessions of their own, so a signal does not reach them by itself."""
        self.stopping = True
        for child in list(self.children):
            end_group(child)
        shutil.rmtree(self.place / "work", ignore_errors=True)
        os._exit(128 + number)

    def say(self, text):
        with self.talk:
            print(text, file=sys.stderr, flush=True)

    def ask_crossarm(self, *arguments):
        environment = {**os.environ, "CROSSARM_JAR": self.crossarm["jar"]}
        answer = subprocess.run([self.crossarm["command"], *arguments], env=environment, capture_output=True, text=True)
        return json.loads(answer.stdout) if answer.stdout.startswith("{") else {}

    def environment(self, column):
        """A job's, from nothing: no setting of the caller's reaches a build."""
        return {
            "HOME": str(self.place / "home"),
            "LANG": "C.UTF-8",
            "CARGO_BUILD_JOBS": str(self.build_jobs),
            "CARGO_NET_OFFLINE": "true",
            **PROFILE,
            **column["environment"],
        }

    def fetch(self, case, column):
        """Crates come before the clock starts. Certificates and proxies are the caller's here."""
        environment = {**os.environ, **column["environment"]}
        with self.fetching:
            done = subprocess.run(["cargo", "fetch", "--locked", "--quiet"], cwd=case["folder"], env=environment,
                                  capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{case['name']}: cargo fetch failed: {done.stderr.strip()}")

    def case(self, case, columns):
        results = []
        for column in columns:
            file = self.place / "results" / case["name"] / f"{column['name']}.json"
            key = key_of(case, column, self.build_jobs)
            known = None if self.fresh else kept(self.options, case, column["name"], key)
            if known:
                results.append(known)
                continue
            if self.ends and time.monotonic() > self.ends:
                self.say(f"{case['name']:<20} {column['name']:<15} not begun: the deadline has passed")
                continue
            result = {"case": case["name"], "column": column["name"], "key": key, **self.measure(case, column)}
            write_result(file, result)
            results.append(result)
            self.say(line_of(result))
        return results

    def measure(self, case, column):
        self.fetch(case, column)
        work = self.place / "work" / case["name"] / column["name"]
        shutil.rmtree(work, ignore_errors=True)
        log = self.place / "logs" / case["name"] / f"{column['name']}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copytree(case["folder"], work / "source", ignore=shutil.ignore_patterns("target"))
            environment = {**self.environment(column), "CARGO_TARGET_DIR": str(work / "target")}
            (work / "run").mkdir()
            if column["cache"]:
                environment |= {"ZIG_GLOBAL_CACHE_DIR": column["cache"], "ZIG_LOCAL_CACHE_DIR": str(work / "cache")}
            result = self.build(case, column, work, environment, log)
            if result["built"]:
                result |= self.prove(work / "target" / TRIPLE / "release" / "program", work / "run", log)
            elif result["error"] is None:
                result["error"] = self.first_error(log)
            return result
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def build(self, case, column, work, environment, log):
        command = [*column["command"], "--release", "--locked", "--offline", "--target", TRIPLE]
        limit = 60 * {"small": 20, "large": 30, "giant": 90}[case["size"]]
        started, load = time.monotonic(), os.getloadavg()[0]
        result = {
            "date": now(),
            "built": False, "static": None, "ran": None, "error": None, "size": None, "load": round(load, 1), "log": str(log),
            "versions": column["versions"], "buildJobs": self.build_jobs, "machine": machine(),
        }
        with log.open("wb") as output:
            child = subprocess.Popen(command, cwd=work / "source", env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                     stderr=subprocess.STDOUT, start_new_session=True,
                                     executable=shutil.which(command[0], path=environment["PATH"]))
            clock = threading.Timer(limit, end_group, [child.pid])
            clock.start()
            self.children.add(child.pid)
            try:
                # The processor time of everything the build started, which other work on this machine hardly changes.
                _, status, usage = os.wait4(child.pid, 0)
            except BaseException:
                end_group(child.pid)
                raise
            finally:
                self.children.discard(child.pid)
                clock.cancel()
        if self.stopping:  # ended by us: no result
            threading.Event().wait()
        child.returncode = os.waitstatus_to_exitcode(status)
        result["seconds"] = round(time.monotonic() - started, 1)
        result["processorSeconds"] = round(usage.ru_utime + usage.ru_stime, 1)
        result["built"] = child.returncode == 0
        if child.returncode == -signal.SIGKILL and result["seconds"] >= limit:
            result["error"] = f"stopped after {limit // 60} minutes"
        return result

    def prove(self, program, folder, log):
        proof = self.ask_crossarm("inspect", "--json", str(program))
        about = (proof.get("files") or [{}])[0]
        result = {"static": about.get("proven", False), "size": about.get("facts", {}).get("size"), "error": None}
        if not result["static"]:
            wrong = [part["evidence"] for part in about.get("proof", []) if not part["passed"]]
            result["error"] = "not static: " + "; ".join(wrong or ["crossarm inspect says nothing"])
        environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(folder), "HOME": str(folder)}
        with log.open("ab") as output:
            try:
                done = subprocess.run([str(program)], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                      stderr=subprocess.PIPE, timeout=RUN_SECONDS)
                said, status = done.stderr.decode(errors="replace").strip(), done.returncode
                output.write(done.stderr)
            except subprocess.TimeoutExpired:
                said, status = "", f"no end after {RUN_SECONDS} s"
            except OSError as error:  # no program for this machine
                said, status = "", error.strerror
        result["ran"] = status == 0
        if status != 0:
            how = str(status) if isinstance(status, str) else signal.Signals(-status).name if status < 0 else f"status {status}"
            text = next((line for line in said.splitlines() if line and not line.startswith("note:")), "")
            result["error"] = f"when run: {how} {text}".strip()
        return result

    def first_error(self, log):
        told = self.ask_crossarm("explain", "--json", str(log))
        error = told.get("evidence") or told.get("title") or "no error found in the log"
        # Cargo puts the crate before what a build script says; the folders of this machine tell nobody anything.
        error = re.sub(r"^warning: \S+@\S+: ", "", error).replace(f"{self.place}/", "")
        error = re.sub(r"[^\s`']*/registry/src/[^/\s]+/", "", error)
        return " ".join(error.split())[:300]


def end_group(process):
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def line_of(result):
    state = "passed" if result["ran"] and result["static"] else "FAILED"
    return (f"{result['case']:<20} {result['column']:<15} {state} {result['seconds']:>7.1f} s "
            f"({result['processorSeconds']:.1f} s processor)  {result['error'] or ''}").rstrip()


def jobs_by_memory():
    """Four GiB and the cores of one build for each: the compilers of the giants take as much."""
    pages = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(pages // (4 << 30), (os.cpu_count() or 1) // 4))


def lab_key(options, case):
    return digest_of(case, [SCHEMA, options.key])


def lab_kept(options, case):
    known = kept(options, case, "lab", lab_key(options, case))
    return 0 if known and known["ran"] else 1


def lab_result(options, case):
    bench = Bench(options)
    result = {
        "key": lab_key(options, case), "date": now(), "builder": options.builder, "seconds": options.seconds,
        "built": options.program is not None, "static": False, "ran": False, "error": None,
    }
    if options.program:
        with tempfile.TemporaryDirectory() as folder:
            result |= bench.prove(options.program, Path(folder), options.log)
    else:
        result["error"] = bench.first_error(options.log)
    write_result(options.place / "results" / case["name"] / "lab.json", result)
    good = result["static"] and result["ran"]
    bench.say(f"{case['name']:<20} {'passed' if good else 'FAILED'} {result['seconds']:>7.0f} s  {result['error'] or ''}".rstrip())
    return 0 if good else 1


def write_result(file, result):
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".new")
    temporary.write_text(json.dumps(result, indent=1) + "\n")
    temporary.rename(file)


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


def machine():
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    return {
        "system": release.get("PRETTY_NAME", "").strip('"'), "kernel": platform.release().split("-")[0], "processor": model,
        "cores": os.cpu_count(), "memoryGiB": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--of-lab", action="store_true", help="only the names of the cases for the lab")
    parser.add_argument("--lab", metavar="CASE", help="prove, run and record what the lab built")
    parser.add_argument("--lab-kept", metavar="CASE", help="end with 0 when a result that passed is recorded already")
    parser.add_argument("--program", type=Path)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--builder")
    parser.add_argument("--key")
    parser.add_argument("--case", action="append", default=[])
    parser.add_argument("--column", action="append", default=[])
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--deadline", type=int, default=0)
    parser.add_argument("--published", type=Path, help="results made on another machine, to go on from")
    parser.add_argument("--crossarm", type=Path)
    parser.add_argument("--jar", type=Path)
    parser.add_argument("place", type=Path)
    parser.add_argument("cases", type=Path)
    options = parser.parse_args()
    options.place, options.program = options.place.resolve(), options.program and options.program.resolve()
    cases = [case for case in cases_in(options.cases) if not options.case or case["name"] in options.case]
    if options.lab or options.lab_kept:
        case = next(case for case in cases if case["name"] == (options.lab or options.lab_kept))
        return lab_result(options, case) if options.lab else lab_kept(options, case)
    if options.list:
        if options.of_lab:
            print("\n".join(case["name"] for case in cases if case["lab"]))
            return 0
        for case in cases:
            marks = [case["size"]] * (case["size"] != "small") + ["C++"] * case["cpp"] + ["lab"] * case["lab"]
            print(f"{case['name']:<20} {case['library']}{' (' + ', '.join(marks) + ')' if marks else ''}")
        return 0
    columns = [column_in(options.place, name) for name in options.column]
    bench = Bench(options)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, bench.stop)
    shutil.rmtree(options.place / "work", ignore_errors=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs or jobs_by_memory()) as pool:
        waiting = [pool.submit(bench.case, case, columns) for case in cases]
        for case in concurrent.futures.as_completed(waiting):
            try:
                case.result()
            except (RuntimeError, OSError) as error:
                bench.say(f"error: {error}")
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
