"""A refusal as a page: the rule, its reason code, the next step, the phone with its hours."""

from __future__ import annotations

from typing import Any

from flask import Response

from madoguchi.web import render


def page(denial: Any) -> Response:
    """Answer 403 with a domain Refusal (code, rule, next_step)."""
    return render.page("errors/refusal.html", status=403, refusal=denial)
