"""Where the programs and files stand that only the tests need: browser, databases, Java, checkers."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
AXE = CACHE / "axe-core" / "axe.min.js"
VNU = CACHE / "vnu-jar" / "vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


def chromium():
    """The path of the system's Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def postgres_bin():
    """The folder that holds `initdb` and `postgres`, newest version first, or None."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    shipped = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(shipped, key=lambda path: int(path.parts[4]), default=None)
    return newest and newest.parent


def redis():
    """The path of a Redis server, or None."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def java():
    """The path of a Java runtime that starts, or None (macOS ships a stub that does not)."""
    path = shutil.which("java")
    if path and subprocess.run([path, "-version"], capture_output=True, check=False).returncode == 0:
        return path
    return None


def npm():
    """The path of npm, or None."""
    return shutil.which("npm")


def japanese_font():
    """Some font file with Japanese glyphs, or None: without one a screenshot is boxes."""
    for folder in FONTS:
        for pattern in ("*CJK*", "*ipag*", "*ipaex*", "*TakaoP*", "*NotoSansJP*"):
            found = next(folder.rglob(pattern), None) if folder.is_dir() else None
            if found:
                return found
    return None
