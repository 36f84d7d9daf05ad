#!/usr/bin/env python3
"""Make a rustup dist server tree out of component folders.

usage: pack.py OUT VERSION DATE COMPONENT=TARGET=FOLDER...

Each FOLDER holds the component's files as they lie under a toolchain (bin/, lib/...). The same input
gives the same bytes. DATE is that of the compiler (YYYY-MM-DD) and names the folder of the archives.
"""

import hashlib
import io
import os
import pathlib
import subprocess
import sys
import tarfile

# rustup puts RUSTUP_DIST_SERVER in the place of its own server's address, so one tree serves anywhere.
BASE = "https://static.rust-lang.org"
MINIMAL = ["rustc", "cargo", "rust-std"]
DEFAULT = [*MINIMAL, "rustfmt", "clippy"]
# Names in the manifest that differ from those people type.
RENAMES = {"rustfmt": "rustfmt-preview", "clippy": "clippy-preview"}


def archive(dist, name, inner, version, folder):
    """A rust-installer archive, format 3: directories first, no path twice."""
    files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    folders = sorted({str(d) for f in files for d in pathlib.PurePosixPath(f).parents if str(d) != "."})
    tar = dist / f"{name}.tar"

    def add(t, path, body=None, size=0, mode=0o644, kind=tarfile.REGTYPE):
        info = tarfile.TarInfo(f"{name}/{path}".rstrip("/"))
        info.type, info.size, info.mode = kind, size, mode
        t.addfile(info, body)

    with tarfile.open(tar, "w") as t:
        for d in ["", *folders]:
            add(t, f"{inner}/{d}", mode=0o755, kind=tarfile.DIRTYPE)
        manifest = "".join(f"file:{f}\n" for f in files)
        for path, text in (("components", inner + "\n"), ("rust-installer-version", "3\n"), ("version", version + "\n"),
                           (f"{inner}/manifest.in", manifest)):  # fmt: skip
            add(t, path, io.BytesIO(text.encode()), len(text.encode()))
        for f in files:
            path = folder / f
            with path.open("rb") as body:
                add(t, f"{inner}/{f}", body, path.stat().st_size, 0o755 if os.access(path, os.X_OK) else 0o644)
    # Two threads, not "as many as there are": the number decides how xz cuts the blocks.
    subprocess.run(["xz", "-1", "-T2", "-f", tar], check=True)
    packed = tar.with_suffix(".tar.xz")
    with packed.open("rb") as f:
        digest = hashlib.sha256()
        while chunk := f.read(1 << 20):
            digest.update(chunk)
    return packed.name, digest.hexdigest()


def manifest(version, date, packages):
    """The channel manifest, version 2."""
    lines = ['manifest-version = "2"', f'date = "{date}"']
    for component, targets in packages.items():
        lines.append(f'[pkg.{component}]\nversion = "{version} (Debian)"')
        for target, (name, digest) in targets.items():
            url = f"{BASE}/dist/{date}/{name}"
            lines.append(
                f'[pkg.{component}.target.{target}]\navailable = true\n'
                f'url = "{url}"\nhash = "{digest}"\nxz_url = "{url}"\nxz_hash = "{digest}"'
            )
    lines.append(f'[pkg.rust]\nversion = "{version} (Debian)"')
    for host in packages["rustc"]:
        # rustup wants an archive of the whole here, and never fetches it.
        lines.append(f'[pkg.rust.target.{host}]\navailable = true\nurl = "{BASE}/none"\nhash = "0"')
        lines += [f'[[pkg.rust.target.{host}.components]]\npkg = "{c}"\ntarget = "{host}"' for c, t in packages.items() if host in t]
        lines += [f'[[pkg.rust.target.{host}.extensions]]\npkg = "rust-std"\ntarget = "{t}"' for t in packages["rust-std"] if t != host]
    lines += [f'[renames.{name}]\nto = "{to}"' for name, to in RENAMES.items()]
    quoted = {name: ", ".join(f'"{RENAMES.get(c, c)}"' for c in of) for name, of in (("minimal", MINIMAL), ("default", DEFAULT), ("complete", DEFAULT))}
    lines.append("[profiles]")
    lines += [f"{name} = [{components}]" for name, components in quoted.items()]
    return "\n".join(lines) + "\n"


def main(out, version, date, *specs):
    dist = pathlib.Path(out, "dist", date)
    dist.mkdir(parents=True)
    packages = {}
    for component, target, folder in (s.split("=") for s in specs):
        inner = f"rust-std-{target}" if component == "rust-std" else component
        packages.setdefault(component, {})[target] = archive(dist, f"{component}-{version}-{target}", inner, version, pathlib.Path(folder))
    body = manifest(version, date, packages)
    minor = version.rpartition(".")[0]
    for folder, channels in ((dist.parent, ("stable", version, minor)), (dist, ("stable",))):
        for channel in channels:
            name = f"channel-rust-{channel}.toml"
            (folder / name).write_text(body)
            (folder / f"{name}.sha256").write_text(f"{hashlib.sha256(body.encode()).hexdigest()}  {name}\n")


main(*sys.argv[1:])
