"""The slots of an address by flask-limiter, on a `limits` storage that all workers share."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError

from madoguchi.domain.faults import Unavailable
from madoguchi.services.office import Office
from madoguchi.web.limits import address_of, block_of

REDIS_PATIENCE = 0.25  # seconds; a frozen Redis otherwise holds each request for five


def opened(app: Flask) -> Limiter:
    """The store of the counters, which all workers share (memory:// does not: it is for tests alone)."""
    office: Office = app.config["OFFICE"]
    face = app.config["FACE"]
    if face.teach_limits:
        face.teach_limits()
    limiter = Limiter(
        lambda: address_of(request.remote_addr),
        storage_uri=face.limiter,
        storage_options=_options(face.limiter, office),
        strategy="fixed-window",
    )
    # Told that it is there already, the extension adds no hooks, which would run on every page.
    app.extensions.setdefault("limiter", set()).add(limiter)
    limiter.init_app(app)
    return limiter


class AddressGate:
    """One request's slots in a budget: its address and its block, each by the minute and by the hour."""

    def __init__(self, limiter: Limiter, office: Office, address: str, budget: str = "") -> None:
        self._limiter, self._now = limiter, office.now()
        rules = office.rules.throttle
        begins = f"{budget}:" if budget else ""
        one, network = f"{begins}address:{address}", f"{begins}block:{block_of(address)}"
        self._slots: tuple[tuple[RateLimitItem, str], ...] = (
            (RateLimitItemPerMinute(rules.address_minute), one),
            (RateLimitItemPerHour(rules.address_hour), one),
            (RateLimitItemPerMinute(rules.block_minute), network),
            (RateLimitItemPerHour(rules.block_hour), network),
        )

    def take(self) -> int:
        """Take a slot of each; 0 when all were free, else the seconds until they are."""
        try:
            full = [(item, key) for item, key in self._slots if not self._limiter.limiter.hit(item, key)]
            return max((self._seconds(item, key) for item, key in full), default=0)
        except StorageError as fault:
            raise Unavailable("limiter") from fault

    def give_back(self) -> None:
        """Return the slots; when the store just went away, nothing is lost but their count."""
        for item, key in self._slots:
            try:
                self._limiter.storage.incr(item.key_for(key), item.get_expiry(), -1)
            except StorageError:
                return

    def _seconds(self, item: RateLimitItem, key: str) -> int:
        """How long until the window ends, never longer than a window is."""
        reset = self._limiter.limiter.get_window_stats(item, key).reset_time
        return min(item.get_expiry(), max(1, ceil(reset - _seconds_of(self._now))))


def _options(uri: str, office: Office) -> dict[str, Any]:
    options: dict[str, Any] = {"wrap_exceptions": True}
    if uri.startswith("sqlite:"):
        options["clock"] = lambda: _seconds_of(
            office.now()
        )  # the demo's clock moves, and its windows with it
    elif uri.startswith("redis"):
        options |= {"socket_timeout": REDIS_PATIENCE, "socket_connect_timeout": REDIS_PATIENCE, "retry": None}
    return options


def _seconds_of(moment: datetime) -> float:
    return moment.timestamp()
