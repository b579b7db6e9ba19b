"""The limit on failed attempts from one address and its neighbourhood, by flask-limiter.

A slot is taken before a secret is compared and given back when it was right: counting afterwards lets
parallel tries through. Reading pages are not checked: they cost nothing, and go on when the store is gone.
"""

from __future__ import annotations

from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError

from madoguchi.domain.faults import Unavailable
from madoguchi.services.office import Office

REDIS_PATIENCE = 0.25  # seconds; a frozen Redis otherwise holds each request for five


def init_app(app: Flask) -> None:
    """Open the store of the counters, which all workers share (memory:// does not: it is for tests alone)."""
    office: Office = app.config["OFFICE"]
    uri = app.config["FACE"].limiter
    limiter = Limiter(
        lambda: address_of(request.remote_addr),
        storage_uri=uri,
        storage_options=_options(uri, office),
        strategy="fixed-window",
    )
    # Told that it is there already, the extension adds no hooks, which would run on every page.
    app.extensions.setdefault("limiter", set()).add(limiter)
    limiter.init_app(app)
    app.config["THROTTLE"] = limiter


def gate() -> AddressGate:
    """The limit for the request at hand."""
    limiter: Limiter = current_app.config["THROTTLE"]
    return AddressGate(limiter, current_app.config["OFFICE"], address_of(request.remote_addr))


class AddressGate:
    """One request's slots: its address and its block, each by the minute and by the hour."""

    def __init__(self, limiter: Limiter, office: Office, address: str) -> None:
        self._limiter, self._now = limiter, office.now()
        rules = office.rules.throttle
        network = block_of(address)
        self._slots: tuple[tuple[RateLimitItem, str], ...] = (
            (RateLimitItemPerMinute(rules.address_minute), f"address:{address}"),
            (RateLimitItemPerHour(rules.address_hour), f"address:{address}"),
            (RateLimitItemPerMinute(rules.block_minute), f"block:{network}"),
            (RateLimitItemPerHour(rules.block_hour), f"block:{network}"),
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


def address_of(remote: str | None) -> str:
    """Whom to count: an IPv4 address, or the /64 of an IPv6 one, which is one household. Never empty."""
    try:
        found = _plain(ip_address(remote or ""))
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False).network_address)


def block_of(address: str) -> str:
    """The neighbourhood of an address: its /24, or its /48."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def _plain(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address that came in IPv6's clothes as itself."""
    return getattr(found, "ipv4_mapped", None) or found


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
