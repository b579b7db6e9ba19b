"""Signing in by a mailed code together with a secret: while codes come first, and to lift a wait or a hold.

Whoever asks gets the same answer for any card number or Web-ID; only the mailbox on file learns more. A right
code ends the waits of strangers; a right secret with it signs in at once, so that nobody can shut the door
in between. The secret is looked at after the code alone, so that without the mailbox no secret ever fails.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from madoguchi.domain import lockout
from madoguchi.domain.codes import KNOWN
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.lockout import Tally, Wait
from madoguchi.domain.secrets import pin_material, readings
from madoguchi.domain.widths import narrow
from madoguchi.services import admission, codes, proofs, shut
from madoguchi.services.codes import Bound, Purpose, Right, TooSoon
from madoguchi.services.factors import Passed, Used
from madoguchi.services.login import look_up, tally_key
from madoguchi.services.office import Office
from madoguchi.services.proofs import Given, Proof
from madoguchi.services.repeating import one_act, repeated
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Locked, Place, Route, SignedIn, Try, Waiting
from madoguchi.services.unlock_outcomes import (
    Gone,
    Lifted,
    Outcome,
    ProofMissing,
    Proved,
    UsedCode,
    WrongCode,
    WrongSecret,
)
from madoguchi.store import attack, attempts, sessions
from madoguchi.store.attack import Entry

WRONG_CODE = "second_step_wrong"


class Aim(Enum):
    """What a sign-in with a code is for."""

    CODE_FIRST = "first"
    UNLOCK = "unlock"

    @property
    def purpose(self) -> Purpose:
        """What the code's letter says."""
        return Purpose.CODE_FIRST if self is Aim.CODE_FIRST else Purpose.UNLOCK


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in with a code as its page needs it; `proved` when the code was right already."""

    aim: Aim
    route: Route
    identifier: str
    proved: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    """A try whose code was right: counted on the tally `key`, which stood at `before` and now at `mine`."""

    aim: Aim
    tried: Try
    key: str
    before: Tally | None
    mine: Tally


def ask(office: Office, aim: Aim, route: Route, identifier: str, place: Place) -> str:
    """Send a code to whoever this card number (digits) or Web-ID belongs to; the token of the sign-in."""
    token = ".".join((aim.value, route.value, identifier, secrets.token_urlsafe(32)))
    now = office.now()
    account = look_up(office, Try(route, identifier, (), place, now, None))
    member_id = account.member_id if account else None
    asker = KNOWN if account and account.device_id else place.block
    bound = Bound(member_id, aim.purpose, key_of(token), asker)
    with office.store.transaction():
        attack.begin(office.store, key_of(token), member_id, now, now + _lasts(office))
        if isinstance(codes.write(office, bound), TooSoon):
            codes.write(office, replace(bound, member_id=None))  # nothing is sent, and it costs the same
    return token


def just_asked(office: Office, token: str, asks: tuple[Aim, Route, str]) -> bool:
    """Whether this token asked the same so lately that no other code can go out: its own is still to come."""
    found = attack.find(office.store, key_of(token), office.now())
    if found is None or found.proved_at:
        return False
    begun, began = _begun(token, found), found.expires_at - _lasts(office)
    lately = office.now() < began + timedelta(seconds=office.rules.codes.apart_seconds)
    return lately and (begun.aim, begun.route, begun.identifier) == asks


def current(office: Office, token: str) -> Begun | None:
    """The sign-in of a token, or None when it ran out or never was."""
    found = attack.find(office.store, key_of(token), office.now())
    return _begun(token, found) if found else None


def enter(office: Office, token: str, code: str, given: Given, place: Place) -> Outcome:
    """Try code and secret together; once the code was right it is asked no more.

    Raises Unavailable when nothing could be compared: then no secret was counted.
    """
    now = office.now()
    if seconds := place.gate.take():
        return Waiting(now + timedelta(seconds=seconds))
    counted = one_act(_count)(office, token, code, given, place)
    if not isinstance(counted, _Counted):
        if isinstance(counted, Proved):
            place.gate.give_back()
        return counted
    try:
        right = proofs.compare(office, counted.tried, given)
    except Unavailable:
        one_act(_uncount)(office, counted)
        place.gate.give_back()
        raise
    outcome = _decide(office, token, counted, given, right)
    if isinstance(outcome, SignedIn | Lifted) or outcome == ProofMissing(tried=False):
        place.gate.give_back()
    return outcome


def _count(office: Office, token: str, code: str, given: Given, place: Place) -> _Counted | Outcome:
    """The code first, counted in its row; then the secret, on a tally that strangers cannot reach."""
    now = office.now()
    found = attack.find(office.store, key_of(token), now, hold=True)
    if found is None:
        return Gone()
    begun = _begun(token, found)
    tried = attempt(office, begun, given, place)
    if not found.proved_at and not _prove(office, token, begun, found, code):
        attempts.log(office.store, admission.event(tried, WRONG_CODE))
        return WrongCode()
    if given == Given():
        return Proved()
    key = tally_key(office, begun.route, f"with-code:{begun.identifier}")
    before = attempts.hold(office.store, key, now)
    mine = lockout.take(office.rules.locks, before, now)
    if isinstance(mine, Wait):
        return Waiting(mine.until)
    attempts.save(office.store, key, mine)
    return _Counted(begun.aim, tried, key, before, mine)


def _uncount(office: Office, counted: _Counted) -> None:
    """The lane was full: nothing was compared, so nothing was tried."""
    if current := attempts.hold(office.store, counted.key, counted.tried.at):
        back = lockout.give_back(office.rules.locks, current, counted.before, counted.mine)
        attempts.save(office.store, counted.key, back)


def _prove(office: Office, token: str, begun: Begun, found: Entry, code: str) -> bool:
    """Whether the code is right; then the waits of strangers end, but not a stop that only staff lift.

    The tally is held before the member is, as signing in without a code does.
    """
    now = office.now()
    key = tally_key(office, begun.route, begun.identifier)
    tally = attempts.hold(office.store, key, now)
    bound = Bound(found.member_id, begun.aim.purpose, key_of(token))
    right = isinstance(codes.weigh(office, bound, code), Right)
    if tally is None or (right and not tally.stopped):
        attempts.save(office.store, key, None)
    if right:
        attack.prove(office.store, key_of(token), now, now + _lasts(office))
    return right


@repeated
def _decide(office: Office, token: str, counted: _Counted, given: Given, right: list[Proof]) -> Outcome:
    """Sign in, lift, or say why not, in one act; of two at once with one token one finds it gone."""
    tried, unlocks = counted.tried, counted.aim is Aim.UNLOCK
    with office.store.transaction():
        if attack.find(office.store, key_of(token), tried.at, hold=True) is None:
            return Gone()
        weighed = proofs.by_factor(office, tried, key_of(token), given) if unlocks else None
        factor, used = isinstance(weighed, Passed), isinstance(weighed, Used)
        if not right and not factor:
            again = used and given == Given(factor=given.factor)
            return _failed(office, counted, UsedCode() if again else WrongSecret(), not again)
        frees = unlocks and (factor or any(proofs.lifts(office, tried, proof) for proof in right))
        if unlocks and not frees and (missing := _missing(office, counted, given, right, used)):
            return missing
        did = frees and proofs.lift(office, tried)
        attempts.save(office.store, counted.key, None)
        return _admit(office, token, tried, right[0]) if right else proofs.freed(office, tried, did)


def _missing(
    office: Office, counted: _Counted, given: Given, right: list[Proof], used: bool
) -> Outcome | None:
    """Whether the PIN alone was right of a card that one proof more frees."""
    account, tried = counted.tried.account, bool(given.password or given.factor)
    if counted.tried.route is not Route.CARD or any(proof.route is not Route.CARD for proof in right):
        return None
    if account is None or not shut.ways(office, account).by_code:
        return None
    again = used and not given.password
    return _failed(office, counted, UsedCode() if again else ProofMissing(tried), tried and not again)


def _failed(office: Office, counted: _Counted, outcome: Outcome, guess: bool) -> Outcome:
    """What was wrong stays counted and is noted; what was left out, or used before, was no guess."""
    if guess:
        attempts.log(office.store, admission.event(counted.tried, "wrong"))
    else:
        _uncount(office, counted)
    return outcome


def _admit(office: Office, token: str, tried: Try, proof: Proof) -> Outcome:
    admitted = proofs.may_enter(office, tried, proof)
    if admitted is None:
        return WrongSecret()
    if isinstance(admitted, Locked):
        return admitted
    attack.end(office.store, key_of(token))
    found = admission.admit(office, replace(tried, route=proof.route), admitted)
    sessions.stepped(office.store, key_of(found.session_token), tried.at)
    return found


def attempt(office: Office, begun: Begun, given: Given, place: Place) -> Try:
    """The try of a sign-in with a code, with the account as it is now."""
    material = (pin_material(begun.identifier, narrow(given.pin)),)
    typed = material if begun.route is Route.CARD else readings(given.password)
    tried = Try(begun.route, begun.identifier, typed, place, office.now(), None)
    return replace(tried, account=look_up(office, tried))


def _begun(token: str, found: Entry) -> Begun:
    """What a token names; the table knows its hash alone, so that none can be made up."""
    aim, route, identifier, _random = token.split(".")
    return Begun(Aim(aim), Route(route), identifier, found.proved_at is not None)


def _lasts(office: Office) -> timedelta:
    return timedelta(minutes=office.rules.codes.minutes)
