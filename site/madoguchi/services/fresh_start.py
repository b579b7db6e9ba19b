"""What a new way in ends, inside the act that makes it: sessions, known browsers and strangers' waits."""

from __future__ import annotations

from datetime import datetime

from madoguchi.services.links import Browser
from madoguchi.services.login import tally_key
from madoguchi.services.office import Office
from madoguchi.services.tries import Route
from madoguchi.store import attempts, devices, mail_changes, sessions
from madoguchi.store.attempts import Event


def sign_out(office: Office, member_id: int) -> None:
    """End every session and make every browser a stranger: who used the old secret is out.

    A new mail address that such a person may have asked for is no longer waited for.
    """
    sessions.end_all(office.store, member_id)
    mail_changes.end(office.store, member_id, office.now())
    devices.forget(office.store, member_id)


def welcome(office: Office, member_id: int, web_id: str, browser: Browser, why: str, now: datetime) -> None:
    """Let the owner of the mailbox sign in by this Web-ID without a wait, and note `why` in the log.

    What strangers guessed at is no more, so their waits go; a stop that only staff lift stays.
    """
    key = tally_key(office, Route.WEB_ID, web_id)
    tally = attempts.hold(office.store, key, now)
    if tally is None or not tally.stopped:
        attempts.save(office.store, key, None)
    route = Route.WEB_ID.value
    attempts.log(office.store, Event(now, route, why, member_id, False, browser.label, browser.block))
