"""Who is signed in at the desk, for colleagues who may send one another out."""

from __future__ import annotations

from datetime import timedelta

from madoguchi.services import audit
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import staff as rows


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
