"""The books, rules and ports that a view hands to its service."""

from __future__ import annotations

from typing import cast

from flask import current_app

from madoguchi.services.office import Office


def office() -> Office:
    """The office of this app."""
    return cast(Office, current_app.config["OFFICE"])
