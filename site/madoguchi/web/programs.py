"""What programs are answered: JSON, and never a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response


def told(facts: Mapping[str, Any], status: int = 200, wait: int = 0) -> Response:
    """An answer in JSON; with `wait` also after how many seconds to ask again."""
    response = Response(json.dumps(facts, ensure_ascii=False), status, mimetype="application/json")
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def fault(error: str, status: int, wait: int = 0, **facts: str) -> Response:
    """An answer that decided nothing: the same question may be asked again, signed anew."""
    return told({"error": error, **facts}, status, wait)
