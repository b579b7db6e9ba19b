"""Who is told of each request: the log, and the figures for Prometheus."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Told when a request begins and when its answer does; knows nobody by it."""

    def begun(self, found: str) -> None:
        """A request has this id."""
        ...

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """It was answered so; `route` is the pattern, "" where nothing is."""
        ...
