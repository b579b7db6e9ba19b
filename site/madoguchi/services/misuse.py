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
from madoguchi.services import cases, letters, police
from madoguchi.services.cases import CaseKind
from madoguchi.services.links import Browser
from madoguchi.services.office import Office
from madoguchi.services.reports import MISUSE, stop_cards_within
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Route
from madoguchi.store import attempts, devices, doubtful, members, reports, sessions
from madoguchi.store import cases as case_rows
from madoguchi.store.attempts import Event
from madoguchi.store.cases import Case
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
    """What was reported, for the police: who, when, which entries and their sum in yen.

    `police` is the number that they gave, "" before; `open` whether the lender still looks into it.
    """

    case_id: int
    at: datetime
    name_kana: str
    entries: tuple[Doubtful, ...]
    police: str
    open: bool

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
    case = _own(office, member_id, case_id)
    if case is None or case.contract_id is None:
        return None
    entries = doubtful.these(office.store, case.contract_id, case.facts["entries"])
    number = police.number_on(office, case.id)
    name = members.kana_of(office.store, member_id)
    return Paper(case.id, case.opened_at, name, tuple(entries), number, case.closed_at is None)


def keep_police_number(office: Office, member_id: int, case_id: int, number: str) -> bool:
    """Note the number that the police gave; False for another's case, one without entries or a closed one."""
    with office.store.transaction():
        reports.hold_member(office.store, member_id)
        case = _own(office, member_id, case_id)
        if case is None or case.closed_at is not None:
            return False
        police.keep_within(office, case.id, number)
    return True


def open_papers(office: Office, member_id: int, contract_id: int) -> tuple[int, ...]:
    """Return the cases of a contract that have a paper and are still looked into, the newest first."""
    found = _reported(office, member_id, contract_id)
    return tuple(case.id for case in found if case.closed_at is None)


def papers_by_entry(office: Office, member_id: int, contract_id: int) -> dict[int, int]:
    """Return the newest case about each entry that was reported, by the entry's number; one statement."""
    found = _reported(office, member_id, contract_id)
    return {seq: case.id for case in reversed(found) for seq in case.facts["entries"]}


def _own(office: Office, member_id: int, case_id: int) -> Case | None:
    case = case_rows.read(office.store, case_id)
    mine = case is not None and case.member_id == member_id and case.kind == CaseKind.MISUSE.value
    return case if mine and case is not None and case.facts.get("entries") else None


def _reported(office: Office, member_id: int, contract_id: int) -> list[Case]:
    found = case_rows.of_kind(office.store, CaseKind.MISUSE.value, member_id)
    return [case for case in found if case.contract_id == contract_id and case.facts.get("entries")]


def _same(office: Office, who: Who, numbers: list[int]) -> int | None:
    known = reports.open_case(office.store, CaseKind.MISUSE.value, who.member_id)
    case = case_rows.read(office.store, known) if known is not None else None
    return case.id if case and case.facts.get("entries") == numbers else None
