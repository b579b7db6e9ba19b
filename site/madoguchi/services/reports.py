"""A lost card or misuse, told without signing in: whom it fits is protected at once, and a case opens.

Whether it fitted anybody shows in nothing: the same statements run, the same case opens, the same page comes.
Numbers are counted before anybody is looked for, so that nobody can try names against one number.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from madoguchi.domain.identity import Claim, plain_number, the_one
from madoguchi.domain.letters import Kind
from madoguchi.services import cases, fresh_start, letters, stops
from madoguchi.services.cases import MEMBER, CaseKind
from madoguchi.services.links import Browser
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.tries import Route
from madoguchi.store import attempts, reports
from madoguchi.store.attempts import Event

LOST_REPORT: Final = "lost_report"  # the reason of a hold, and the word in the log
MISUSE: Final = "misuse"
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)

Protect = Callable[[Office, int, datetime], bool]


@dataclass(frozen=True, slots=True)
class Taken:
    """It was taken, for somebody or for nobody."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """This number was named too often; nothing was looked up."""


def lost_card(office: Office, claim: Claim, browser: Browser) -> Taken | TooMany:
    """Hold the cards of the one whom a claim fits; staff see it either way."""
    return _report(office, claim, browser, CaseKind.LOST_CARD, _hold, Kind.CARD_REPORTED)


def misuse(office: Office, claim: Claim, browser: Browser) -> Taken | TooMany:
    """End the sessions of the one whom a claim fits, hold the cards and stop borrowing."""
    return _report(office, claim, browser, CaseKind.MISUSE, stop_all_within, Kind.ALL_STOPPED)


@repeated
def sweep(office: Office) -> None:
    """Forget the counts that are over."""
    with office.store.transaction():
        reports.forget_old(office.store, office.now() - 2 * _DAY)


def stop_all_within(office: Office, member_id: int, now: datetime) -> bool:
    """Sign a member out, hold the cards and stop borrowing in an open act; whether a card was in use."""
    fresh_start.sign_out(office, member_id)
    return stop_cards_within(office, member_id, now)


def stop_cards_within(office: Office, member_id: int, now: datetime) -> bool:
    """Hold a member's cards and stop borrowing for misuse, in an open act."""
    used = False
    for contract_id in reports.open_contracts(office.store, member_id):
        stops.stop_borrowing(office.store, contract_id, now, MISUSE, MEMBER)
        used |= stops.hold(office.store, contract_id, now, MISUSE, MEMBER)
    return used


def _hold(office: Office, member_id: int, now: datetime) -> bool:
    used = [
        stops.hold(office.store, contract_id, now, LOST_REPORT, MEMBER)
        for contract_id in reports.open_contracts(office.store, member_id)
    ]
    return any(used)


def _report(
    office: Office, claim: Claim, browser: Browser, kind: CaseKind, protect: Protect, letter: Kind
) -> Taken | TooMany:
    store, now = office.store, office.now()
    with store.transaction():
        if not _counted(office, claim.number, now):
            return TooMany()
        found = the_one(claim, reports.born_on(store, claim.birth_date))
        member_id = found.member_id if found else 0
        reports.hold_member(store, member_id)
        known = reports.open_case(store, kind.value, member_id)
        used = protect(office, member_id, now)
        why = LOST_REPORT if kind is CaseKind.LOST_CARD else MISUSE
        log = Event(now, Route.CARD.value, why, member_id or None, False, browser.label, browser.block)
        attempts.log(store, log)
        _case(office, kind, claim, member_id or None, known)
        # Who is told once is not told again at each report: a stranger could fill a mailbox.
        letters.write(office, letter, {"at": now}, member_id=member_id if used else None, now=now)
    return Taken()


def _counted(office: Office, number: str, now: datetime) -> bool:
    """Count a report; False when there were too many by this number."""
    key = hmac.digest(office.secret, b"report:" + plain_number(number).encode(), "sha256").hex()
    rules = office.rules.lost_card
    reports.hold_number(office.store, key, now)
    if reports.count(office.store, key, now - _HOUR) >= rules.hour:
        return False
    if reports.count(office.store, key, now - _DAY) >= rules.day:
        return False
    reports.add(office.store, key, now)
    return True


def _case(office: Office, kind: CaseKind, claim: Claim, member_id: int | None, known: int | None) -> None:
    """Open a case, or note on the one that is open that it was told again."""
    told: dict[str, Any] = {
        "name_kana": claim.name_kana,
        "birth_date": claim.birth_date.isoformat(),
        "number": plain_number(claim.number),
        "found": member_id is not None,
        "from": "form",
    }
    if known is not None:
        cases.note_within(office, known, MEMBER, "ログインせずに、もう一度届け出がありました")
        return
    cases.open_within(office, kind, told, member_id=member_id)
