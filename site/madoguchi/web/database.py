"""The database around each request: a connection is lent for it, and belongs to no thread afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask, Response, current_app

PAGE_SECONDS: Final = 20  # for one statement: far more than any page takes, and less than a proxy waits


def init_app(app: Flask) -> None:
    """Before each request say how long it may take; after it let go of what it had, with no act left open."""
    app.before_request(_hurry)
    app.teardown_request(_tidy)
    inner, store = app.wsgi_app, app.config["OFFICE"].store

    def lent(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return inner(environ, start)
        finally:
            store.rest()

    app.wsgi_app = lent  # type: ignore[method-assign]


def rests_after(response: Response) -> Response:
    """An answer that reads from the books while it is sent, after its request has ended."""
    response.call_on_close(current_app.config["OFFICE"].store.rest)
    return response


def _hurry() -> None:
    current_app.config["OFFICE"].store.hurry(PAGE_SECONDS)


def _tidy(_fault: BaseException | None) -> None:
    store = current_app.config["OFFICE"].store
    store.only_read(False)
    assert not store.in_transaction, "a request ended inside an act"
