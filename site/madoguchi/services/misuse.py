"""「この取引に覚えがない」: a member names what somebody else did; all is stopped, and a paper lists it.

The session that reports stays, and with it the paper to print; every other session ends and every browser
becomes a stranger. Only staff lift what is stopped.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.domain.letters import Kind
from madoguchi.services import cases, letters
from madoguchi.services.cases import CaseKind
from madoguchi.services.links import Browser
from madoguchi.services.office import Office
from madoguchi.services.reports import MISUSE, stop_cards_within
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Route
from madoguchi.store import attempts, devices, doubtful, members, reports, sessions
from madoguchi.store import cases as case_rows
from madoguchi.store.attempts import Event
from madoguchi.store.doubtful import Doubtful

MOST: Final = 60  # entries to choose from


@dataclass(frozen=True, slots=True)
class Who:
    """Who reports: the member, the contract and the session that stays."""

    member_id: int
    contract_id: int
    token: str


@dataclass(frozen=True, slots=True)
class Reported:
    """All is stopped; the case's number leads to the paper."""

    case_id: int


@dataclass(frozen=True, slots=True)
class NothingNamed:
    """No entry of the member's own was chosen."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was reported, for the police: who, when, which entries and their sum in yen."""

    case_id: int
    at: datetime
    name_kana: str
    entries: tuple[Doubtful, ...]

    @property
    def total(self) -> int:
        """The sum of the entries, in yen."""
        return sum(one.amount for one in self.entries)


def choices(office: Office, contract_id: int) -> list[Doubtful]:
    """Return the newest entries by which money left, which a member may not know."""
    return doubtful.newest(office.store, contract_id, MOST)


def report(office: Office, who: Who, chosen: Collection[int], browser: Browser) -> Reported | NothingNamed:
    """Stop all and open a case about the chosen entries; the same ones again lead to the same case."""
    store, now = office.store, office.now()
    with store.transaction():
        reports.hold_member(store, who.member_id)
        known = {one.seq for one in doubtful.newest(store, who.contract_id, MOST)}
        numbers = sorted(known & set(chosen))
        if not numbers:
            return NothingNamed()
        if (again := _same(office, who, numbers)) is not None:
            return Reported(again)
        sessions.end_all(store, who.member_id, key_of(who.token))
        devices.forget(store, who.member_id)
        stop_cards_within(office, who.member_id, now)
        route = Route.WEB_ID.value
        attempts.log(store, Event(now, route, MISUSE, who.member_id, False, browser.label, browser.block))
        facts: dict[str, Any] = {"entries": numbers, "from": "member"}
        opened = cases.open_within(
            office, CaseKind.MISUSE, facts, member_id=who.member_id, contract_id=who.contract_id
        )
        letters.write(office, Kind.ALL_STOPPED, {"at": now}, member_id=who.member_id, now=now)
    return Reported(opened.case_id)


def paper(office: Office, member_id: int, case_id: int) -> Paper | None:
    """Return what a member reported; None for another's case or one without entries."""
    case = case_rows.read(office.store, case_id)
    if case is None or case.member_id != member_id or case.kind != CaseKind.MISUSE.value:
        return None
    if case.contract_id is None or not case.facts.get("entries"):
        return None
    entries = doubtful.these(office.store, case.contract_id, case.facts["entries"])
    return Paper(case.id, case.opened_at, members.kana_of(office.store, member_id), tuple(entries))


def _same(office: Office, who: Who, numbers: list[int]) -> int | None:
    known = reports.open_case(office.store, CaseKind.MISUSE.value, who.member_id)
    case = case_rows.read(office.store, known) if known is not None else None
    return case.id if case and case.facts.get("entries") == numbers else None
