"""Figures for Prometheus on a private port, added up over the processes of this machine.

Each process keeps its counts in files of the folder that PROMETHEUS_MULTIPROC_DIR names (run.py sets it
before this is imported); whichever of them gets the port answers for all, and another takes over at its end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

AGAIN_SECONDS: Final = 5.0  # until the port is tried again
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

log = logging.getLogger("madoguchi.metrics")
_own = CollectorRegistry()  # not the one of all: each scrape reads the files of all processes
_requests = Counter(
    "madoguchi_requests",
    "Requests by route, method and status.",
    ("route", "method", "status"),
    registry=_own,
)
_seconds = Histogram(
    "madoguchi_request_seconds", "Time to the answer by route.", ("route",), buckets=BUCKETS, registry=_own
)
_lanes = Gauge(
    "madoguchi_hashes_busy",
    "Hashes that run or wait, by lane.",
    ("lane",),
    registry=_own,
    multiprocess_mode="livesum",
)


class Figures:
    """The Watcher that counts."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, int], Any] = {}

    def begun(self, found: str) -> None:
        """Nothing is counted yet."""

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count it; looking a child up costs more than counting, so it is kept."""
        key = (route, method, status)
        both = self._known.get(key)
        if both is None:
            both = self._known[key] = _requests.labels(*map(str, key)), _seconds.labels(route)
        both[0].inc()
        both[1].observe(seconds)


def watch_lane(name: str, taken: int) -> None:
    """Tell how many hashes run or wait in a lane of this process."""
    _lanes.labels(name).set(taken)


class Board(threading.Thread):
    """Serves the figures, and those of the whole site that `ask` reads from the books at each look."""

    def __init__(self, address: tuple[str, int], folder: Path, ask: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(name="metrics", daemon=True)
        self._address, self._folder, self._ask = address, folder, ask
        self._stopped = threading.Event()

    def run(self) -> None:
        """Wait for the port, then answer until the process ends."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._folder))
        registry.register(_Books(self._ask))  # type: ignore[arg-type]
        app = make_wsgi_app(registry)
        while not self._stopped.is_set():
            try:
                server = make_server(*self._address, app, handler_class=_Quiet)
            except OSError:
                self._stopped.wait(AGAIN_SECONDS)  # another process answers; should it end, this one will
                continue
            with server:
                server.serve_forever()


def clear(folder: Path) -> None:
    """Make the folder, and throw away what processes left that are gone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        pid = file.stem.rpartition("_")[2]
        if not (pid.isdigit() and Path(f"/proc/{pid}").exists()):
            file.unlink(missing_ok=True)


class _Books:
    """The site's figures as Prometheus wants them; none where the books do not answer."""

    def __init__(self, ask: Callable[[], Mapping[str, Any]]) -> None:
        self._ask = ask

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            told = self._ask()
        except Exception as fault:  # noqa: BLE001 - the rest is told whatever the books do
            log.warning("the books cannot be asked for figures: %s", type(fault).__name__)
            return
        for name, value in told.items():
            if isinstance(value, Mapping):
                family = GaugeMetricFamily(f"madoguchi_{name}", _HELP[name], labels=("outcome",))
                for label, number in value.items():
                    family.add_metric((label,), number)
                yield family
            elif value is not None:
                yield GaugeMetricFamily(f"madoguchi_{name}", _HELP[name], value=value)


_HELP: Final = {
    "letters_waiting": "Letters to be sent.",
    "letters_late": "Seconds since the oldest of them was due.",
    "payouts_waiting": "Payouts without the bank's answer.",
    "payouts_late": "Seconds since the oldest of them was promised.",
    "last_closed_day": "The last closed business day, in UNIX seconds of its midnight UTC.",
    "backup_age": "Seconds since the last backup.",
    "sign_ins": "Tries to sign in within 5 minutes, by outcome.",
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - so named by the base class
        """Nobody needs a line for each scrape."""
