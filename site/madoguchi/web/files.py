"""Static files: made lean and compressed at start, named by their content, kept by browsers for a year.

They are answered before Flask, which would take longer to find the view than to send the file.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request

from madoguchi.web.guard import public
from madoguchi.web.seen import ROUTE
from madoguchi.web.squeeze import takes_gzip

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


Headers = list[tuple[str, str]]
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class File:
    """One static file as it goes over the wire."""

    kind: str
    plain: bytes
    packed: bytes

    def answer(self, kept: str, packed: bool) -> tuple[Headers, bytes]:
        """The headers and the body for whoever can unpack it, or cannot."""
        body = self.packed if packed else self.plain
        headers = [("Content-Type", self.kind), ("Content-Length", str(len(body))), ("Cache-Control", kept)]
        return [*headers, ("Vary", "Accept-Encoding"), *([("Content-Encoding", "gzip")] * packed)], body


def init_app(app: Flask) -> None:
    """Read static/ and answer /static/<name>.<hash>.<ext> from memory, in place of Flask's own view."""
    files, urls = _read(Path(app.static_folder or ""))
    app.config.update(STATIC_FILES=files, STATIC_URLS=urls)
    app.view_functions["static"] = _unknown
    app.add_url_rule("/favicon.ico", "favicon", _icon)
    app.wsgi_app = _before(app.wsgi_app, files)  # type: ignore[method-assign,assignment]


def _before(app: Wsgi, files: dict[str, File]) -> Wsgi:
    """Answer for each file that there is, as a look at it; all else is the app's."""
    ready = {
        f"/static/{name}": tuple(file.answer(FOR_A_YEAR, packed) for packed in (False, True))
        for name, file in files.items()
    }

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        found = ready.get(environ.get("PATH_INFO", ""))
        if found is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return app(environ, start)
        environ[ROUTE] = "/static/<path:filename>"
        headers, body = found[takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        start("200 OK", [*headers])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    return answer


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


def _unknown(filename: str) -> Response:
    abort(404)


@public
def _icon() -> Response:
    file: File = current_app.config["STATIC_FILES"][url(ICON).removeprefix("/static/")]
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    headers, body = file.answer("public, max-age=86400", packed)  # its name carries no hash
    return Response(body, headers=headers)
