"""Finishing a sign-in whose secret was right: by a code, an app, a recovery code or a passkey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from madoguchi.domain.codes import Level, stricter
from madoguchi.domain.letters import Channel
from madoguchi.services import admission, codes, factors, passkeys, second_step
from madoguchi.services.codes import NoWay, Sent, TooSoon
from madoguchi.services.factors import Failed, Passed, Ways
from madoguchi.services.login import look_up
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Place, Route, SignedIn, Try, refusing
from madoguchi.store import attempts, pending, sessions
from madoguchi.store import second_step as rows
from madoguchi.store.credentials import Account
from madoguchi.store.pending import Pending

WRONG = "second_step_wrong"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-in that waits, and what can be said of the next one on this browser.

    `spare_days` is 0 where it will be asked whatever is said; `may_share` where it would not be. `next_at` is
    from when a code can be sent where none can be tried; None for at once.
    """

    member_id: int
    ways: Ways
    sent: bool
    spare_days: int
    may_share: bool
    next_at: datetime | None


class NextTime(Enum):
    """What was said of the next sign-in on this browser."""

    AS_CHOSEN = "as_chosen"  # nothing
    SPARED = "spared"  # not to be asked for a while
    ASKED = "asked"  # to be asked again though it is known now: others use it too


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such sign-in any more, or what it rested on changed: begin again."""


Outcome = SignedIn | factors.Failed | factors.Used | factors.Spent | factors.Later | Gone


def current(office: Office, token: str) -> Waiting | None:
    """The sign-in of a token, or None."""
    found = pending.find(office.store, key_of(token), office.now())
    if found is None:
        return None
    chosen = second_step.chosen(office, found.member_id)
    days = second_step.spare_days(office, chosen.level)
    may_share = stricter(chosen.level, chosen.site) is Level.NEW_DEVICE
    bound = second_step.sign_in_codes(found.member_id, token)
    live = codes.is_live(office, bound)
    later = None if live else codes.next_at(office, bound)
    return Waiting(found.member_id, chosen.ways, live, days, may_share, later)


def send_code(office: Office, token: str, channel: Channel) -> Sent | TooSoon | NoWay | Gone:
    """Send another code for a sign-in that waits."""
    with office.store.transaction():
        found = pending.find(office.store, key_of(token), office.now())
        if found is None:
            return Gone()
        return codes.write(office, second_step.sign_in_codes(found.member_id, token), channel)


def finish(office: Office, token: str, typed: str, then: NextTime, place: Place) -> Outcome:
    """Sign in if what was typed is right; `then` is remembered of this browser."""

    def weigh(found: Pending) -> factors.Outcome:
        return factors.weigh(office, second_step.sign_in_codes(found.member_id, token), typed)

    return _finish(office, token, then, place, weigh)


def finish_by_passkey(office: Office, token: str, answer: str, then: NextTime, place: Place) -> Outcome:
    """Sign in if a passkey of this member answered a challenge of this sign-in."""

    proof = passkeys.check(office, key_of(token), answer, alone=False)

    def weigh(found: Pending) -> factors.Outcome:
        return passkeys.prove(office, found.member_id, proof)

    return _finish(office, token, then, place, weigh)


def _finish(
    office: Office, token: str, then: NextTime, place: Place, weigh: Callable[[Pending], factors.Outcome]
) -> Outcome:
    """Take a slot of the address first, and give it back unless the try was wrong."""
    now = office.now()
    if seconds := place.gate.take():
        return factors.Later(now + timedelta(seconds=seconds))
    outcome = _decide(office, token, then, place, weigh)
    if not isinstance(outcome, Failed):
        place.gate.give_back()
    return outcome


@repeated
def _decide(
    office: Office, token: str, then: NextTime, place: Place, weigh: Callable[[Pending], factors.Outcome]
) -> Outcome:
    """One act: held, weighed, and begun or counted; a second one with this token finds nothing."""
    key, now = key_of(token), office.now()
    with office.store.transaction():
        found = pending.find(office.store, key, now, hold=True)
        if found is None:
            return Gone()
        here = replace(place, remember=found.remember)
        tried = Try(Route(found.route), found.identifier, (), here, now, None)
        tried = replace(tried, account=look_up(office, tried))
        outcome = weigh(found)
        if not isinstance(outcome, Passed):
            if isinstance(outcome, Failed):
                attempts.log(office.store, admission.event(tried, WRONG))
            return outcome
        pending.end(office.store, key)
        account = tried.account
        if account is None or not _still_good(office, found, account, tried):
            return Gone()
        return _admit(office, found, tried, account, then)


def _still_good(office: Office, found: Pending, account: Account, tried: Try) -> bool:
    """Whether the secret and the account are what they were when the secret was right."""
    if account.member_id != found.member_id or second_step.secret_mark(office, account) != found.secret_mark:
        return False
    return refusing(account, tried.route, office.business_day()) is None


def _admit(office: Office, found: Pending, tried: Try, account: Account, then: NextTime) -> SignedIn:
    if found.tally:
        attempts.save(office.store, found.tally, None)
    admitted = admission.admit(office, tried, account)
    sessions.stepped(office.store, key_of(admitted.session_token), tried.at)
    until = _spared_until(office, account.member_id, then, tried.at)
    rows.trust(office.store, key_of(admitted.device_token), account.member_id, until)
    return admitted


def _spared_until(office: Office, member_id: int, then: NextTime, now: datetime) -> datetime | None:
    """Until when the browser is spared: a moment that is over asks again, None is a browser like others."""
    if then is NextTime.ASKED:
        return now
    own = Level(rows.means(office.store, member_id).level)
    days = second_step.spare_days(office, own) if then is NextTime.SPARED else 0
    return now + timedelta(days=days) if days else None
