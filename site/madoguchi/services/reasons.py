"""Why a due date was moved, in the words of pages, papers and letters: what was shut, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.ports import JAPAN
from madoguchi.services.office import Office
from madoguchi.store import outages, recounts, terms

_OUTAGE: Final = "outage:"  # what a cause calls one, with its number (services/mercy.py)


@dataclass(frozen=True, slots=True)
class Reason:
    """A due date on `due` by the calendar that ran to the end of `to`, because of `shut` (in words)."""

    due: date
    to: date
    shut: str


def of_moves(office: Office, contract_id: int) -> list[Reason]:
    """Return each move of a contract's due dates as they were noted; one may move more than once."""
    told: list[tuple[date, date, str]] = []
    began: dict[date, date] = {}
    for day, to, cause in terms.moved_dues(office.store, contract_id):
        began[to] = began.get(day, day)
        told.append((began[to], to, cause))
    return _told(office, told)


def of_recounts(office: Office, contract_id: int, seqs: Iterable[int | None]) -> dict[int, Reason]:
    """Return why entries no longer stand, by number, for those that an outage's move made be counted anew."""
    found = recounts.of(office.store, contract_id, [seq for seq in seqs if seq])
    return dict(zip(found, _told(office, list(found.values())), strict=True))


def of_move(office: Office, due: date, to: date, cause: str) -> Reason:
    """Return the reason of one move by its cause."""
    return _told(office, [(due, to, cause)])[0]


def _told(office: Office, moves: Sequence[tuple[date, date, str]]) -> list[Reason]:
    known = {key for *_, cause in moves for key in _outages(cause)}
    times = outages.times(office.store, sorted(known)) if known else {}
    return [Reason(due, to, _in_words([times[key] for key in _outages(cause)])) for due, to, cause in moves]


def _outages(cause: str) -> list[int]:
    """The outages that a cause names; none where the calendar alone is the cause."""
    return [int(part.removeprefix(_OUTAGE)) for part in cause.split() if part.startswith(_OUTAGE)]


def _in_words(shuts: Sequence[tuple[datetime, datetime | None, bool]]) -> str:
    if not shuts:
        return "システムの停止"
    spans = "、".join(
        f"{_moment(begins)}から" + (f"{_moment(ends)}まで" if ends else "") for begins, ends, _ in shuts
    )
    return f"{'停止' if all(planned for *_, planned in shuts) else '障害'}（{spans}）"


def _moment(at: datetime) -> str:
    here = at.astimezone(JAPAN)
    return f"{here.month}月{here.day}日 {here.hour}:{here.minute:02}"
