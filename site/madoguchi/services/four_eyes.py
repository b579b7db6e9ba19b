"""Four eyes: an act that one person asks for and another approves, once, in time, and never one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from madoguchi.domain.staff import Right
from madoguchi.services import audit, counter
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import desk_requests as rows
from madoguchi.store import members, persons
from madoguchi.store.desk_requests import Request

LIFE: Final = timedelta(hours=72)  # over a weekend; after that the reason has to be looked at anew
FEW: Final = 100

# What a request is about, in (name, value) for whoever decides.
Told = Callable[[Office, Request], Sequence[tuple[str, str]]]
# Carries an approved act out inside the open act that approves it; a sentence says why it cannot be now.
Perform = Callable[[Office, Request, Colleague], str | None]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that takes two people: its word in rows, its name on screen, what it tells, how it is done."""

    word: str
    name: str
    told: Told
    perform: Perform


@dataclass(frozen=True, slots=True)
class Done:
    """It was decided."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """It was not, and nothing has changed: why, as a sentence for whoever tried."""

    why: str


OWN: Final = Cannot("ご自分が出した依頼は、ほかの承認者が決めます。")
OVER: Final = Cannot("この依頼は、もう決まっているか、期限が過ぎています。")
NO_RIGHT: Final = Cannot("承認は、承認者だけができます。")


def ask(
    office: Office, act: Act, contract_id: int | None, facts: Mapping[str, Any], reason: str, who: Colleague
) -> int:
    """Ask for an act, to be decided within LIFE; returns the request's number."""
    with office.store.transaction():
        return ask_within(office, act.word, contract_id, facts, reason, who)


def ask_within(
    office: Office,
    word: str,
    contract_id: int | None,
    facts: Mapping[str, Any],
    reason: str,
    who: Colleague,
    member_id: int | None = None,
    case_id: int | None = None,
) -> int:
    """Ask for an act by its word, as the last thing of an act that is open; returns the request's number."""
    now = office.now()
    number = rows.add(office.store, word, contract_id, facts, reason, who.id, now, now + LIFE)
    told: dict[str, Any] = {"request": number, "act": word, "reason": reason}
    audit.note_within(office, Noted.ASKED, who.name, member_id=member_id, case_id=case_id, **told)
    return number


def approve(
    office: Office, acts: Mapping[str, Act], request_id: int, who: Colleague, words: str = ""
) -> Done | Cannot:
    """Approve what somebody else asked for, and carry it out in the same act."""
    if not who.may(Right.APPROVE):
        return NO_RIGHT
    try:
        with office.store.transaction():
            found = _held(office, request_id)
            if found is None:
                return OVER
            if found.asked_by == who.id:
                return OWN
            shown = acts[found.act].told(office, found)
            rows.decide(office.store, request_id, who.id, office.now(), "approved", words, shown)
            if why := acts[found.act].perform(office, found, who):
                raise _Undo(why)
            told: dict[str, Any] = {"request": request_id, "act": found.act}
            audit.note_within(office, Noted.APPROVED, who.name, _member(office, found), **told)
            return Done()
    except _Undo as undone:
        return Cannot(str(undone))


def refuse(
    office: Office, acts: Mapping[str, Act], request_id: int, who: Colleague, words: str
) -> Done | Cannot:
    """Refuse what somebody else asked for, with a word why."""
    if not who.may(Right.APPROVE):
        return NO_RIGHT
    with office.store.transaction():
        found = _held(office, request_id)
        if found is None:
            return OVER
        if found.asked_by == who.id:
            return OWN
        shown = acts[found.act].told(office, found)
        rows.decide(office.store, request_id, who.id, office.now(), "refused", words, shown)
        told: dict[str, Any] = {"request": request_id, "act": found.act, "words": words}
        audit.note_within(office, Noted.REFUSED, who.name, _member(office, found), **told)
        return Done()


def withdraw(office: Office, acts: Mapping[str, Act], request_id: int, who: Colleague) -> Done | Cannot:
    """Take back what one asked for oneself."""
    with office.store.transaction():
        found = _held(office, request_id)
        if found is None:
            return OVER
        if found.asked_by != who.id:
            return Cannot("取り下げは、依頼した人だけができます。")
        shown = acts[found.act].told(office, found)
        rows.decide(office.store, request_id, who.id, office.now(), "withdrawn", "", shown)
        told: dict[str, Any] = {"request": request_id, "act": found.act}
        audit.note_within(office, Noted.WITHDRAWN, who.name, _member(office, found), **told)
        return Done()


@dataclass(frozen=True, slots=True)
class After:
    """Where an approved act leads: the member's number, and the ticket for the counter's screen if open."""

    number: str
    ticket: int | None


def after(office: Office, request: Request) -> After | None:
    """Return where to go on from an act that was approved; None from any other."""
    if request.outcome != "approved" or request.contract_id is None:
        return None
    number = members.number_of_contract(office.store, request.contract_id)
    return After(number, counter.open_of(office, request.contract_id))


def waiting(office: Office) -> list[Request]:
    """Return what can still be decided, the one that ends first in front."""
    return rows.waiting(office.store, office.now(), FEW)


def past(office: Office) -> list[Request]:
    """Return what was decided or ran out, the newest first."""
    return rows.past(office.store, office.now(), FEW)


def of_contract(office: Office, contract_id: int) -> list[Request]:
    """Return the requests about a contract, the newest first."""
    return rows.of_contract(office.store, contract_id, FEW)


def read(office: Office, request_id: int) -> Request | None:
    """Return one request."""
    return rows.read(office.store, request_id)


class _Undo(Exception):
    """Takes back what the act that failed had written."""


def _member(office: Office, request: Request) -> int | None:
    """Whom a request is about; None for a contract that is not yet."""
    return persons.of_contract(office.store, request.contract_id) if request.contract_id else None


def _held(office: Office, request_id: int) -> Request | None:
    """A request that can still be decided, held until the act ends."""
    if not rows.hold(office.store, request_id):
        return None
    found = rows.read(office.store, request_id)
    return found if found and not found.outcome and found.ends_at > office.now() else None
