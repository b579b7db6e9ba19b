"""Static files: made lean and compressed at start, named by their content, kept by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from madoguchi.web.guard import public

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FOR_A_YEAR = "public, max-age=31536000, immutable"
ICON = "icon.svg"
NOTES = {  # what is written for those who read the file; in a script only notes on lines of their own
    ".css": re.compile(rb"/\*.*?\*/", re.S),
    ".js": re.compile(rb"^[ \t]*(?:/\*.*?\*/|//[^\n]*)", re.S | re.M),
}


@dataclass(frozen=True, slots=True)
class File:
    """One static file as it goes over the wire."""

    kind: str
    plain: bytes
    packed: bytes


def init_app(app: Flask) -> None:
    """Read static/ and answer /static/<name>.<hash>.<ext> from memory, in place of Flask's own view."""
    files, urls = _read(Path(app.static_folder or ""))
    app.config.update(STATIC_FILES=files, STATIC_URLS=urls)
    app.view_functions["static"] = _serve
    app.add_url_rule("/favicon.ico", "favicon", _icon)


def url(name: str) -> str:
    """The address of a file under its content's name; KeyError when there is none."""
    return str(current_app.config["STATIC_URLS"][name])


def _read(folder: Path) -> tuple[dict[str, File], dict[str, str]]:
    files, urls = {}, {}
    for path in sorted(folder.iterdir()):
        plain = lean(path)
        hashed = f"{path.stem}.{hashlib.sha256(plain).hexdigest()[:12]}{path.suffix}"
        files[hashed] = File(KINDS[path.suffix], plain, gzip.compress(plain, 9, mtime=0))
        urls[path.name] = f"/static/{hashed}"
    return files, urls


def lean(path: Path) -> bytes:
    """What is sent of a file: without notes and indentation, unless somebody made it small already."""
    plain, notes = path.read_bytes(), NOTES.get(path.suffix)
    if notes is None or path.stem.endswith(".min"):
        return plain
    lines = (line.strip() for line in notes.sub(b"", plain).splitlines())
    return b"\n".join(line for line in lines if line)


def _serve(filename: str) -> Response:
    file: File | None = current_app.config["STATIC_FILES"].get(filename)
    if file is None:
        abort(404)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(file.packed if packed else file.plain, content_type=file.kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_A_YEAR
    return response


@public
def _icon() -> Response:
    response = _serve(url(ICON).removeprefix("/static/"))
    response.headers["Cache-Control"] = "public, max-age=86400"  # its name carries no hash
    return response
