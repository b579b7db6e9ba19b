"""Seeing a member's own pages from the desk: for a case and a reason, for a quarter of an hour, read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.services import audit, cases, sessions
from madoguchi.services.audit import Noted
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor, key_of, new_token
from madoguchi.services.staff import Colleague
from madoguchi.store import cases as case_rows
from madoguchi.store import dossier
from madoguchi.store import looks as rows
from madoguchi.store.cases import Case
from madoguchi.store.looks import Look, NewLook

LIFE: Final = timedelta(minutes=15)
TOLD: Final = timedelta(days=90)  # how long members see who looked
FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Looking:
    """A look that goes on: who is looked at, and the member as every page needs them."""

    look: Look
    visitor: Visitor


def open_cases(office: Office, number: str) -> list[Case]:
    """Return the open cases of a member, which a look can be for."""
    who = dossier.who(office.store, number)
    found = case_rows.of_member(office.store, who.id, FEW) if who else []
    return [case for case in found if case.closed_at is None]


def begin(
    office: Office, number: str, case_id: int | None, reason: str, who: Colleague, session: str
) -> str | None:
    """Begin a look for an open case of this member, or for a new one, and return its token.

    The log has its line before anything is seen. None where nobody has this number, or the case is none of
    theirs that is open. `session` is the token of the session at the desk, in which alone the look is of use.
    """
    member = dossier.who(office.store, number)
    held = dossier.contracts_of(office.store, member.id) if member else []
    if member is None or not held:
        return None
    if case_id is not None and case_id not in {case.id for case in open_cases(office, number)}:
        return None
    token, now = new_token(), office.now()
    with office.store.transaction():
        if case_id is None:
            about = {"member_id": member.id, "contract_id": held[0].id}
            case_id = cases.open_within(office, CaseKind.CONTACT, {"by": who.name}, **about).case_id
        cases.note_within(office, case_id, who.name, f"会員と同じ画面を見ました：{reason}")
        told = (key_of(session), who.name, member.id, held[0].id, case_id, reason, now, now + LIFE)
        rows.begin(office.store, key_of(token), NewLook(*told))
        about = {"member_id": member.id, "case_id": case_id}
        audit.note_within(office, Noted.LOOKED_AS_MEMBER, who.name, **about, reason=reason)
    return token


def current(office: Office, token: str, session: str) -> Looking | None:
    """Return a look that goes on in this session at the desk; None when it is over or of another."""
    key = key_of(token)
    look = rows.read(office.store, key, key_of(session))
    if look is None or look.ends_at <= office.now():
        return None
    row = rows.visitor(office.store, key)
    assert row is not None, "a look is at somebody"
    return Looking(look, sessions.visitor_of(office, row, look.ends_at, looked_by=look.staff_name))


def note_page(office: Office, look: Look, path: str) -> None:
    """Write down which page is looked at, before it is."""
    with office.store.transaction():
        about = {"member_id": look.member_id, "case_id": look.case_id}
        audit.note_within(office, Noted.LOOKED_AT_PAGE, look.staff_name, **about, path=path)


def end(office: Office, token: str) -> None:
    """End a look before its time."""
    with office.store.transaction():
        rows.end(office.store, key_of(token), office.now())


def at_member(office: Office, member_id: int) -> list[Look]:
    """Return who looked at a member's pages and why, the newest first: the member is told."""
    return rows.of_member(office.store, member_id, office.now() - TOLD, FEW)
