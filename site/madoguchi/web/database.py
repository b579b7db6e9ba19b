"""The thread's database connection around each request."""

from __future__ import annotations

from flask import Flask, current_app


def init_app(app: Flask) -> None:
    """After each request, make sure that no act was left open."""
    app.teardown_request(_tidy)


def _tidy(_fault: BaseException | None) -> None:
    store = current_app.config["OFFICE"].store
    store.only_read(False)
    assert not store.in_transaction, "a request ended inside an act"
