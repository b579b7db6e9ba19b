"""What the process says, as lines of JSON on standard error: events, and one line for each request.

An exception is told by its kind and where it arose, never by its words: these repeat what somebody typed or
what a row held. Of a request stand the route's pattern, the status and the time, never a path, a query, a
body, an address or who it was.
"""

from __future__ import annotations

import json
import logging
import os
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

request_id: ContextVar[str] = ContextVar("request_id", default="")
_DEEPEST: Final = 12  # frames of a trace, the innermost
_OURS: Final = "madoguchi"
# Libraries whose words may hold what members typed: only that they spoke is told.
_MUTE: Final = "a library's words are left out"


class JsonLines(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Our own words as they are, a library's left out below an error's kind and place."""
        ours = record.name.split(".")[0] == _OURS
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "said": record.getMessage() if ours else _MUTE,
        }
        if found := request_id.get():
            told["id"] = found
        if record.exc_info and record.exc_info[0]:
            told |= _fault(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


class Plain(logging.Formatter):
    """The same in words, for whoever looks at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, name, words."""
        told = f"{record.levelname.lower()}: {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            told += f" {_fault(record.exc_info[1])}"
        return told


class Access:
    """Writes the line of a request, by one call of the system: several processes may share the stream."""

    def __init__(self, clock: Callable[[], datetime], stream: int = 2) -> None:
        self._clock, self._stream = clock, stream

    def begun(self, found: str) -> None:
        """Name the request at hand in everything that is logged meanwhile."""
        request_id.set(found)

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Write its line."""
        line = (
            f'{{"at":"{self._clock().isoformat(timespec="milliseconds")}","level":"info",'
            f'"log":"madoguchi.request",'
            f'"id":"{request_id.get()}","method":{json.dumps(method)},"route":{json.dumps(route)},'
            f'"status":{status},"ms":{seconds * 1000:.1f}}}\n'
        )
        try:
            os.write(self._stream, line.encode())
        except OSError:  # a full disk behind the stream is no reason to answer nobody
            return
        finally:
            request_id.set("")


def set_up(form: str) -> None:
    """Send all records to standard error: json or plain."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO)


def _fault(fault: BaseException | None) -> dict[str, Any]:
    """The kind of an exception and the places it passed, innermost last."""
    frames = traceback.extract_tb(fault.__traceback__) if fault else []
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-_DEEPEST:]]
    return {"fault": type(fault).__name__, "where": places}


def _short(file: str) -> str:
    return "/".join(file.split("/")[-3:])
