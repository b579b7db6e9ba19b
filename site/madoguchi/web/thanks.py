"""The address of a page of thanks: it bears a mark, so that the page says of nobody that something was sent.

The mark tells that a form was taken here within a day, and nothing of whose or whether it fitted anybody.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from flask import request

from madoguchi.domain.widths import is_digits
from madoguchi.web.office import office

LASTS: Final = timedelta(days=1)
AT, MARK = "at", "mark"


def address(path: str, **facts: str) -> str:
    """Where to go after a form was taken now; `facts` stand in the address too."""
    told = [*facts.items(), (AT, str(int(office().now().timestamp())))]
    return f"{path}?{urlencode([*told, (MARK, _mark(path, told))])}"


def are_due() -> bool:
    """Whether the page that is asked for was come to by sending a form within a day."""
    told = [(name, text) for name, text in request.args.items() if name != MARK]
    at, mark = request.args.get(AT, ""), request.args.get(MARK, "")
    if not hmac.compare_digest(_mark(request.path, told).encode(), mark.encode()):
        return False
    age = office().now().timestamp() - int(at) if is_digits(at) else -1
    return 0 <= age <= LASTS.total_seconds()


def _mark(path: str, told: list[tuple[str, str]]) -> str:
    text = f"thanks:{path}?{urlencode(told)}"
    return hmac.digest(office().secret, text.encode(), "sha256")[:16].hex()
