"""How much a form may send: 64 KB everywhere, and room for files at the views that say so.

The room is made before anything reads the form (the next to read is web/repeats.py), and after the guard: who
has not signed in sends no files.
"""

from __future__ import annotations

from flask import Flask, current_app, g, request

from madoguchi.domain.uploads import UploadRules
from madoguchi.web.guard import View
from madoguchi.web.office import office

GENEROUS = 3  # times what may be sent: so much is read to be answered, on disk and not in memory


def takes_files(view: View) -> View:
    """Let this view be sent files."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Look at every request."""
    app.before_request(_make_room)


def _make_room() -> None:
    view = current_app.view_functions[request.endpoint] if request.endpoint else None
    if getattr(view, "takes_files", False) and (g.get("visitor") or g.get("colleague")):
        request.max_content_length = room(office().rules.uploads) + (request.max_content_length or 0)


def room(rules: UploadRules) -> int:
    """Bytes of all files that a form is read with; what is less but too much is told beside the field.

    Far more than is taken: today's phones make photographs of ten megabytes and more.
    """
    return GENEROUS * max(rules.total_bytes, rules.files * rules.file_bytes)
