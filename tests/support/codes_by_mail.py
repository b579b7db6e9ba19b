"""Steps with mailed codes that tests of several layers share."""

from datetime import timedelta

from madoguchi.domain import attack
from madoguchi.services import unlock
from madoguchi.services.tries import Route
from madoguchi.store import attack as counts
from tests.support.guessing import place
from tests.support.mailbox import letters


def alarm(office):
    """Let the site ring, as after a storm of failures in this hour."""
    now = office.now()
    with office.store.transaction():
        counts.note_failure(office.store, attack.hour_of(now))
        counts.ring(office.store, attack.hour_of(now), now)


def asked(office, aim, identifier, route=Route.CARD):
    """Ask for a code a minute later than before; the token, and the mailed code ("" when none was)."""
    office.clock.move(timedelta(minutes=1))
    before = len(letters(office, "code"))
    token = unlock.ask(office, aim, route, identifier, place())
    found = letters(office, "code")
    return token, found[0]["code"] if len(found) > before else ""
