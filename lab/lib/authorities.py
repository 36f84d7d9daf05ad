#!/usr/bin/env python3
"""Let a system trust those authorities of the host's CA bundle that no distribution brought.

usage: authorities.py BUNDLE ROOT KNOWN_DIR...

What the system's own update-ca-certificates and its Java hook would do with files in
/usr/local/share/ca-certificates is done here, natively: they need thousands of processes and a
JVM, minutes under emulation. KNOWN_DIRs hold the distributions' own certificates, which the
system has or its maker withdrew.
"""
import hashlib
import os
import re
import ssl
import struct
import subprocess
import sys
import time

JAVA_KEY_STORE = "etc/ssl/certs/java/cacerts"
# The public password of Debian's and every JDK's own key store; it guards nothing.
JAVA_PASSWORD = "changeit"

PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def certificates(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        for pem in PEM.findall(file.read()):
            yield ssl.PEM_cert_to_DER_cert(pem), pem


def digest(data):
    """What the JKS format ends with: SHA-1 over password, a fixed phrase, and the content."""
    return hashlib.sha1(JAVA_PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + data).digest()


def add_to_key_store(path, ders):
    """Append trusted certificates to a JKS file (version 2), which lists entries after a count."""
    with open(path, "rb") as file:
        whole = file.read()
    data, seal = whole[:-20], whole[-20:]
    magic, version, count = struct.unpack(">III", data[:12])
    if magic != 0xFEEDFEED or version != 2 or digest(data) != seal:
        sys.exit(f"authorities.py: {path} is no JKS key store with the usual password")
    data = struct.pack(">III", magic, version, count + len(ders)) + data[12:]
    for der in ders:
        alias = f"host-{hashlib.sha256(der).hexdigest()[:16]}".encode()
        data += struct.pack(">IH", 2, len(alias)) + alias + struct.pack(">Q", int(time.time() * 1000))
        data += struct.pack(">H", 5) + b"X.509" + struct.pack(">I", len(der)) + der
    with open(path, "wb") as file:
        file.write(data + digest(data))


def subject_hash(path):
    command = ["openssl", "x509", "-noout", "-subject_hash", "-in", path]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def add_to_certificates(root, pems):
    """A file each, its link in /etc/ssl/certs, the link by hash, and the end of the bundle."""
    local = "/usr/local/share/ca-certificates"
    certs = f"{root}/etc/ssl/certs"
    os.makedirs(f"{root}{local}", exist_ok=True)
    for name, pem in pems.items():
        with open(f"{root}{local}/{name}.crt", "w", encoding="utf-8") as file:
            file.write(pem + "\n")
        os.symlink(f"{local}/{name}.crt", f"{certs}/{name}.pem")
        by_hash = subject_hash(f"{root}{local}/{name}.crt")
        number = 0
        while os.path.lexists(f"{certs}/{by_hash}.{number}"):
            number += 1
        os.symlink(f"{name}.pem", f"{certs}/{by_hash}.{number}")
        with open(f"{certs}/ca-certificates.crt", "a", encoding="utf-8") as file:
            file.write(pem + "\n")


def main():
    bundle, root, *known_dirs = sys.argv[1:]
    known = set()
    for known_dir in known_dirs:
        for folder, _, names in os.walk(known_dir):
            for name in names:
                known.update(der for der, _ in certificates(os.path.join(folder, name)))
    added = {}
    for der, pem in certificates(bundle):
        if der not in known:
            added[der] = pem
    if added:
        add_to_certificates(root, {f"host-{hashlib.sha256(d).hexdigest()[:16]}": p for d, p in added.items()})
        add_to_key_store(f"{root}/{JAVA_KEY_STORE}", list(added))


if __name__ == "__main__":
    main()
