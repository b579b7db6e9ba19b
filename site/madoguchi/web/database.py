"""The thread's database connection around each request."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app

PAGE_SECONDS: Final = 20  # for one statement: far more than any page takes, and less than a proxy waits


def init_app(app: Flask) -> None:
    """Before each request say how long it may take; after it make sure that no act was left open."""
    app.before_request(_hurry)
    app.teardown_request(_tidy)


def _hurry() -> None:
    current_app.config["OFFICE"].store.hurry(PAGE_SECONDS)


def _tidy(_fault: BaseException | None) -> None:
    store = current_app.config["OFFICE"].store
    store.only_read(False)
    assert not store.in_transaction, "a request ended inside an act"
