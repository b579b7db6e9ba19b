"""Sessions at the desk: who is signed in, and how a session ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from madoguchi.services import audit
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.services.staff import Colleague
from madoguchi.store import staff as rows

QUIET: Final = timedelta(days=7)  # after that a tally of wrong tries is forgotten


def open_now(office: Office) -> list[rows.Open]:
    """Return who is signed in, the latest first."""
    now, rules = office.now(), office.rules.session
    idle, whole = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.absolute_hours)
    return rows.open_now(office.store, now - idle, now - whole)


def end_all(office: Office, name: str, who: Colleague) -> int:
    """End all sessions of an account; returns how many there were, 0 also where nobody has that name."""
    with office.store.transaction():
        account = rows.by_name(office.store, name)
        count = rows.end_all(office.store, account.id) if account else 0
        if count:
            audit.note_within(office, Noted.SESSIONS_ENDED, who.name, name=name, count=count)
        return count


def sign_out(office: Office, token: str, who: Colleague) -> None:
    """End a session: every copy of its token is dead from now on."""
    with office.store.transaction():
        if rows.end(office.store, key_of(token)):
            audit.note_within(office, Noted.SIGNED_OUT, who.name)


@repeated
def sweep(office: Office) -> None:
    """Forget sessions that have run out and tallies that were quiet."""
    now, rules = office.now(), office.rules.session
    idle, whole = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.absolute_hours)
    with office.store.transaction():
        rows.end_old(office.store, now - idle, now - whole)
        rows.forget_tries(office.store, now - QUIET)
