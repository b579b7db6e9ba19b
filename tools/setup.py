"""Builds .venv once and installs the pins again whenever the requirement files change."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VERSION = ".".join(map(str, sys.version_info[:2]))
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main():
    """Leaves a .venv with the site's packages, and with `--tests` the tests' as well."""
    use_a_new_enough_python()
    name = "requirements-dev.txt" if "--tests" in sys.argv else "requirements.txt"
    stamp, wanted = VENV / f".{name}.stamp", fingerprint()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    make_venv()
    install(name)
    stamp.write_text(wanted)
    if name == "requirements-dev.txt":  # it holds all that the site needs
        (VENV / ".requirements.txt.stamp").write_text(wanted)


def use_a_new_enough_python():
    """Goes on in a newer interpreter of this machine when `python3` is older than 3.11."""
    if sys.version_info >= (3, 11):  # noqa: UP036  (this very check runs on whatever python3 is here)
        return
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name, "-m", "tools.setup", *sys.argv[1:]])  # noqa: S606
    sys.exit(f"Madoguchi needs Python 3.11 or newer; this is {VERSION}.")


def fingerprint():
    """One hash over the interpreter's version and every requirements file."""
    mark = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in sorted(ROOT.glob("requirements*.txt")):
        mark.update(path.read_bytes())
    return mark.hexdigest()


def make_venv():
    """A virtual environment of this interpreter; one left half made or of another Python is built anew."""
    if works():
        return
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart from Python)
    except ImportError:
        sys.exit(
            f"Python {VERSION} here cannot make a virtual environment.\n"
            f"On Debian and Ubuntu: apt install python3-venv   (or python{VERSION}-venv)"
        )
    print("Making .venv (once) ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def works():
    """Whether .venv holds a pip and the same Python version as this one."""
    if not PYTHON.exists():
        return False
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return subprocess.run([str(PYTHON), "-c", code], capture_output=True, check=False).returncode == 0


def install(name):
    """Installs one requirements file; pip's own words are shown when it fails."""
    print(f"Installing {name} into .venv ...", flush=True)
    command = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", "-r", name]
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode:
        sys.exit(f"pip could not install {name}; its words stand above. Is a package index reachable?")


if __name__ == "__main__":
    main()
