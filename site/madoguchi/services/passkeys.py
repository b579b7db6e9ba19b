"""Passkeys: made, named and removed by their owner; a second step, or by themselves a whole sign-in.

A challenge is a random number and its hour under a key of ours, so that asking for one writes nothing; that
it was answered is written, so that it is answered once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from madoguchi.ports import NewKey
from madoguchi.services import admission, factor_news, factors
from madoguchi.services.factors import Factor, Failed, Passed
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Place, Route, SignedIn, Try, Waiting, refusing
from madoguchi.store import attempts, credentials, sessions
from madoguchi.store import passkeys as rows
from madoguchi.store.codes import hold
from madoguchi.store.credentials import Account
from madoguchi.store.passkeys import MEMBERS, NewPasskey, Owners, Passkey

LIFE: Final = timedelta(minutes=10)
MOST: Final = 20  # passkeys of one member
WRONG: Final = "passkey_wrong"
_RANDOM, _TIME = 16, 8  # bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """The passkey did not answer for this site, is not known, or its account cannot be entered by it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer that held when it was checked: by which passkey, to which challenge, with which counter."""

    passkey: Passkey
    challenge: str
    sign_count: int


def of_member(office: Office, member_id: int) -> list[Passkey]:
    """A member's passkeys, the oldest first."""
    return rows.of_owner(office.store, member_id)


def offered_on(office: Office, host: str) -> bool:
    """Whether a page that is shown on this host can use passkeys: they belong to one host by its name."""
    own = office.factors.passkeys.host
    return bool(own) and host.partition(":")[0] == own  # an IPv6 host is never `own`


def to_register(office: Office, member_id: int, number: str, binding: str) -> str:
    """What the browser needs to make a passkey, as JSON; `number` is the member number it is shown under."""
    handle = hmac.new(office.secret, f"passkey-owner:{member_id}".encode(), sha256).digest()
    known = [row.credential for row in rows.of_owner(office.store, member_id)]
    return office.factors.passkeys.registration(new_challenge(office, binding), handle, number, known)


def register(office: Office, member_id: int, binding: str, answer: str, name: str) -> bool:
    """Keep a passkey that the browser made; False when the answer does not hold or it is known already."""
    challenge = office.factors.passkeys.challenge_of(answer)
    made = office.factors.passkeys.registered(answer, challenge)
    if made is None or not is_ours(office, binding, challenge):
        return False
    now = office.now()
    with office.store.transaction():
        hold(office.store, member_id)
        if not rows.answer_once(office.store, challenge.hex(), now):
            return False
        if len(rows.of_owner(office.store, member_id)) >= MOST:
            return False
        kept = NewPasskey(made.credential, made.public_key, made.sign_count, name)
        if not rows.add(office.store, member_id, kept, now):
            return False
        factor_news.changed(office, member_id, f"パスキー「{name}」を登録しました")
        return True


def remove(office: Office, member_id: int, passkey_id: int) -> bool:
    """Forget one of a member's passkeys; False when it is none of theirs."""
    with office.store.transaction():
        name = next((row.name for row in rows.of_owner(office.store, member_id) if row.id == passkey_id), "")
        removed = rows.remove(office.store, member_id, passkey_id)
        if removed:
            factor_news.changed(office, member_id, f"パスキー「{name}」の登録を消しました")
        return removed


def to_prove(office: Office, binding: str, member_id: int | None = None) -> str:
    """What the browser needs to use a passkey, as JSON: a member's, or without one any it has for us."""
    known = [row.credential for row in rows.of_owner(office.store, member_id)] if member_id else []
    return office.factors.passkeys.request(new_challenge(office, binding), known, alone=member_id is None)


def check(office: Office, binding: str, answer: str, alone: bool, of: Owners = MEMBERS) -> Proof | None:
    """Check what a browser sent; it only reads, because checking is slow for an act that holds others up."""
    port = office.factors.passkeys
    challenge = port.challenge_of(answer)
    found = rows.find(office.store, port.credential_of(answer), of)
    if found is None or not is_ours(office, binding, challenge):
        return None
    key = NewKey(found.credential, found.public_key, found.sign_count)
    count = port.proved(answer, challenge, key, alone)
    return None if count is None else Proof(found, challenge.hex(), count)


def prove(office: Office, member_id: int, proof: Proof | None) -> factors.Outcome:
    """Pass a member's second step inside an act that is open; a proof passes once."""
    if proof is None or proof.passkey.owner_id != member_id or not settled(office, proof):
        return Failed()
    return Passed(Factor.PASSKEY)


def sign_in(office: Office, binding: str, answer: str, place: Place) -> SignedIn | Refused | Waiting:
    """Sign in by a passkey alone: it is something one has, and opened by something one knows or is.

    It counts as the Web-ID's way in: a held card does not shut it, nor a locked password. A slot of the
    address is taken first, and given back when the passkey was right.
    """
    now = office.now()
    if seconds := place.gate.take():
        return Waiting(now + timedelta(seconds=seconds))
    proof = check(office, binding, answer, alone=True)
    found = _enter(office, proof, place) if proof else _unknown(office, place)
    if isinstance(found, SignedIn):
        place.gate.give_back()
    return found


def _unknown(office: Office, place: Place) -> Refused:
    """A passkey that nobody has, or an answer that does not hold: logged as nobody's."""
    with office.store.transaction():
        attempts.log(office.store, admission.event(_tried(office, place, None), WRONG))
    return Refused()


@repeated
def _enter(office: Office, proof: Proof, place: Place) -> SignedIn | Refused:
    now = office.now()
    known_since = now - timedelta(days=office.rules.sign_in.device_days)
    with office.store.transaction():
        member_id, device = proof.passkey.owner_id, key_of(place.device_token)
        account = credentials.by_member(office.store, member_id, device, known_since)
        tried = _tried(office, place, account)
        shut = account is None or refusing(account, Route.WEB_ID, office.business_day())
        if account is None or shut or not settled(office, proof):
            attempts.log(office.store, admission.event(tried, WRONG))
            return Refused()
        admitted = admission.admit(office, tried, account)
        sessions.stepped(office.store, key_of(admitted.session_token), now)
        return admitted


def _tried(office: Office, place: Place, account: Account | None) -> Try:
    return Try(Route.WEB_ID, "", (), place, office.now(), account, by=Factor.PASSKEY.value)


def settled(office: Office, proof: Proof, of: Owners = MEMBERS) -> bool:
    """Use a proof up: its challenge is answered once, its passkey still there and its counter as checked."""
    now = office.now()
    first = rows.answer_once(office.store, proof.challenge, now)
    return first and rows.used(office.store, proof.passkey, proof.sign_count, now, of)


def new_challenge(office: Office, binding: str) -> bytes:
    """What an authenticator of this browser is to sign; asking for one writes nothing."""
    made = secrets.token_bytes(_RANDOM) + int(office.now().timestamp()).to_bytes(_TIME, "big")
    return made + _seal(office, binding, made)


def is_ours(office: Office, binding: str, challenge: bytes) -> bool:
    """Whether we made a challenge for this browser, and not long ago."""
    made, seal = challenge[: _RANDOM + _TIME], challenge[_RANDOM + _TIME :]
    if not hmac.compare_digest(_seal(office, binding, made), seal):
        return False
    age = int(office.now().timestamp()) - int.from_bytes(made[_RANDOM:], "big")
    return 0 <= age <= LIFE.total_seconds()


def _seal(office: Office, binding: str, made: bytes) -> bytes:
    text = b"passkey:" + binding.encode() + b":" + made
    return hmac.new(office.secret, text, sha256).digest()
