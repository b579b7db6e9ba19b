"""What lifts a hold beside a mailed code and is not simply typed: a code by SMS, and a passkey.

Both are offered once the mailed code was right: whoever gets here reads the member's mail and may be told
what there is; nobody else can have an SMS sent, or learn of a telephone number or a passkey.
"""

from __future__ import annotations

from datetime import timedelta

from madoguchi.domain.letters import Channel
from madoguchi.services import admission, codes, factors, passkeys, proofs, unlock
from madoguchi.services.codes import NoWay, Sent, TooSoon
from madoguchi.services.factors import Passed, Ways
from madoguchi.services.office import Office
from madoguchi.services.proofs import Given
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Locked, Place, Route, Waiting
from madoguchi.services.unlock import Aim, Begun
from madoguchi.services.unlock_outcomes import Gone, Lifted, WrongSecret
from madoguchi.store import attack, attempts

Outcome = Lifted | Locked | WrongSecret | Waiting | Gone


def look(office: Office, token: str) -> Ways | None:
    """What the member has for it; None before the mailed code was right, and where nothing needs it."""
    found = _open(office, token)
    return factors.ways(office, found[1]) if found else None


def send_text(office: Office, token: str) -> Sent | TooSoon | NoWay | Gone:
    """Send a code by SMS, which is typed where an app's code is."""
    with office.store.transaction():
        found = _open(office, token, hold=True)
        if found is None:
            return Gone()
        return codes.write(office, proofs.beside(found[1], key_of(token)), Channel.TEXT)


def passkey_options(office: Office, token: str) -> str | None:
    """What the browser needs to use one of the member's passkeys, as JSON."""
    found = _open(office, token)
    return passkeys.to_prove(office, key_of(token), found[1]) if found else None


def by_passkey(office: Office, token: str, answer: str, place: Place) -> Outcome:
    """Lift the hold if a passkey of this member answered a challenge of this sign-in."""
    now = office.now()
    if seconds := place.gate.take():
        return Waiting(now + timedelta(seconds=seconds))
    proof = passkeys.check(office, key_of(token), answer, alone=False)
    with office.store.transaction():
        found = _open(office, token, hold=True)
        if found is None:
            return Gone()
        begun, member_id = found
        tried = unlock.attempt(office, begun, Given(), place)
        if not isinstance(passkeys.prove(office, member_id, proof), Passed):
            attempts.log(office.store, admission.event(tried, passkeys.WRONG))
            return WrongSecret()
        outcome = proofs.freed(office, tried, proofs.lift(office, tried))
    place.gate.give_back()
    return outcome


def _open(office: Office, token: str, hold: bool = False) -> tuple[Begun, int] | None:
    """A sign-in by card that unlocks and whose mailed code was right, and whose it is."""
    found = attack.find(office.store, key_of(token), office.now(), hold=hold)
    begun = unlock.current(office, token) if found else None
    if found is None or begun is None or found.member_id is None or not begun.proved:
        return None
    fits = begun.aim is Aim.UNLOCK and begun.route is Route.CARD
    return (begun, found.member_id) if fits else None
