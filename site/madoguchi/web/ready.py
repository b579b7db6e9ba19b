"""/readyz: whether members can be served, for a proxy or a supervisor; it tells no more than that."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify

from madoguchi.domain.faults import Unavailable
from madoguchi.services import pulse
from madoguchi.web import limits
from madoguchi.web.guard import public
from madoguchi.web.office import office

FRESH_SECONDS: Final = 2.0  # strangers may ask as often as they like: books are tried no oftener

blueprint = Blueprint("ready", __name__)
_looking = Lock()


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Tell 200 or 503 and which part it is; a worker that is late is told, and no reason for 503."""
    told = _told()
    parts = {name: "ok" if well else "down" for name, well in told.items()}
    ready = all(well for name, well in told.items() if name != "worker")
    return jsonify(status="ready" if ready else "not ready", **parts), 200 if ready else 503


def _told() -> dict[str, bool]:
    """What was found lately, or is found now."""
    app = current_app
    with _looking:
        at, known = app.config.get("READY", (0.0, {}))
        if not known or time.monotonic() - at > FRESH_SECONDS:
            known = _found()
            app.config["READY"] = time.monotonic(), known
        return dict(known)


def _found() -> dict[str, bool]:
    found = pulse.feel(office())
    return {
        "database": found.writable,
        "schema": found.migrated,
        "limiter": _counts(),
        "worker": found.worker,
    }


def _counts() -> bool:
    try:
        limiter: Any = limits.store()
        return bool(limiter.storage.check())
    except (Unavailable, OSError):
        return False
