"""The limit on failed attempts from one address and its neighbourhood: whom it counts, and when it opens.

A slot is taken before a secret is compared and given back when it was right: counting afterwards lets
parallel tries through. Reading pages are not checked: they cost nothing, and go on when the store is gone.
The library behind it is as large as Flask, so it is imported when the first secret is tried.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Any

from flask import Flask, current_app, request

from madoguchi.ports import Gate

_opening = Lock()  # two stores in memory would count apart


def init_app(app: Flask) -> None:
    """Open the store of the counters at once where it is a server of its own, which may be named wrongly."""
    if not app.config["FACE"].limiter.startswith(("sqlite:", "memory:")):
        _limiter(app)


def gate(budget: str = "") -> Gate:
    """The limit for the request at hand; without a `budget` that of secrets, which are tried in many ways.

    What strangers send from one address must not use up what another there needs, as behind a carrier's
    shared address: each budget is counted by itself.
    """
    from madoguchi.web.limiter import AddressGate

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return AddressGate(_limiter(app), app.config["OFFICE"], address_of(request.remote_addr), budget)


def store() -> Any:
    """The store of the counters, for who asks whether it is there."""
    return _limiter(current_app._get_current_object())  # type: ignore[attr-defined]


def _limiter(app: Flask) -> Any:
    from madoguchi.web import limiter

    with _opening:
        if "THROTTLE" not in app.config:
            app.config["THROTTLE"] = limiter.opened(app)
        return app.config["THROTTLE"]


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
