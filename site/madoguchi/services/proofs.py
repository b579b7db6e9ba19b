"""What counts beside a mailed code: PIN, password, a code of an app or by SMS, a recovery code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from madoguchi.domain.codes import read
from madoguchi.domain.secrets import readings
from madoguchi.services import factors, locks
from madoguchi.services.codes import Bound, Purpose
from madoguchi.services.login import look_up
from madoguchi.services.office import Office
from madoguchi.services.tries import Locked, Route, Try, refusing
from madoguchi.services.unlock_outcomes import Lifted
from madoguchi.store import credentials
from madoguchi.store.credentials import Account

MEMBER: Final = "member"


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed beside the code; "" for a field left empty."""

    pin: str = ""
    password: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A secret that was right: by which way in, whose, and the hash that it fitted."""

    route: Route
    identifier: str
    secret_hash: str


def compare(office: Office, tried: Try, given: Given) -> list[Proof]:
    """The secrets that are right, the way's own first. Slow; raises Unavailable when the lane is full."""
    own = given.pin if tried.route is Route.CARD else given.password
    found = [_fits(office, tried, tried.secrets)] if own else []
    if tried.route is Route.CARD and given.password:
        web_id = credentials.web_id_of(office.store, tried.account.member_id) if tried.account else ""
        by_web_id = replace(tried, route=Route.WEB_ID, identifier=web_id)
        by_web_id = replace(by_web_id, account=look_up(office, by_web_id))
        found.append(_fits(office, by_web_id, readings(given.password)))
    return [proof for proof in found if proof]


def by_factor(office: Office, tried: Try, entry: str, given: Given) -> factors.Outcome | None:
    """What a code of an app, of an SMS or a recovery code is worth, inside an act that is open."""
    account = tried.account
    if account is None or not given.factor or read(given.factor) is None:
        return None
    return factors.weigh(office, beside(account.member_id, entry), given.factor)


def beside(member_id: int, entry: str) -> Bound:
    """What a second code is bound to, so that the mailed one is not taken for both."""
    return Bound(member_id, Purpose.UNLOCK, f"factor:{entry}")


def lifts(office: Office, tried: Try, proof: Proof) -> bool:
    """Whether a secret frees a card whose PIN was guessed at: a password that is itself not locked."""
    return proof.route is Route.WEB_ID and isinstance(may_enter(office, tried, proof), Account)


def lift(office: Office, tried: Try) -> bool:
    """Lift a hold that guessing set, inside an act that is open; any other hold stays."""
    account = tried.account
    if account is None or credentials.held_why(office.store, account.contract_id) != locks.GUESSING:
        return False
    return locks.releasing(office, account.contract_id, account.member_id, MEMBER)


def freed(office: Office, tried: Try, did: bool) -> Lifted | Locked:
    """What a second proof without the PIN leads to: on with it, or why the card stays as it is."""
    reason = refusing(tried.account, tried.route, office.business_day()) if tried.account else None
    return Locked(reason) if reason and not did else Lifted(did)


def may_enter(office: Office, tried: Try, proof: Proof) -> Account | Locked | None:
    """The account as it is now, why it refuses, or None when its secret changed during the comparison."""
    fresh = look_up(office, replace(tried, route=proof.route, identifier=proof.identifier))
    if fresh is None or fresh.secret_hash != proof.secret_hash:
        return None
    reason = refusing(fresh, proof.route, office.business_day())
    return Locked(reason) if reason else fresh


def _fits(office: Office, tried: Try, secrets: tuple[str, ...]) -> Proof | None:
    stored = tried.account.secret_hash if tried.account else None
    keyed = tried.route is Route.CARD
    right = [office.hasher.verify(stored, secret, keyed=keyed, known_device=False) for secret in secrets]
    return Proof(tried.route, tried.identifier, stored) if stored and any(right) else None
