"""Passkeys of the people at the desk: made with password and code once more, then a way in by itself."""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from typing import Final

from madoguchi.ports import Gate, NewKey
from madoguchi.services import audit, passkeys, staff
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.passkeys import MOST, Proof
from madoguchi.services.repeating import repeated
from madoguchi.services.staff import Colleague, In, Wait, Wrong
from madoguchi.store import passkeys as rows
from madoguchi.store import staff as accounts
from madoguchi.store.passkeys import STAFF, NewPasskey, Passkey

UNNAMED: Final = "名前のないパスキー"


def of(office: Office, who: Colleague) -> list[Passkey]:
    """A colleague's passkeys, the oldest first."""
    return rows.of_owner(office.store, who.id, STAFF)


def to_register(office: Office, who: Colleague, binding: str) -> str:
    """What the browser needs to make a passkey, as JSON."""
    handle = hmac.new(office.secret, f"desk-passkey-owner:{who.id}".encode(), sha256).digest()
    known = [row.credential for row in of(office, who)]
    challenge = passkeys.new_challenge(office, binding)
    return office.factors.passkeys.registration(challenge, handle, who.name, known)


def register(
    office: Office, who: Colleague, binding: str, answer: str, name: str, password: str, code: str, gate: Gate
) -> bool | Wrong | Wait:
    """Keep a passkey that the browser made, for somebody who proves once more who sits there.

    Whoever found a screen unlocked could else make themselves a key for good. False when the answer does not
    hold, or the passkey is known already.
    """
    proved = staff.prove(office, who.name, password, code, gate)
    if not isinstance(proved, tuple):
        return proved
    challenge = office.factors.passkeys.challenge_of(answer)
    made = office.factors.passkeys.registered(answer, challenge)
    if made is None or not passkeys.is_ours(office, binding, challenge):
        return False
    with office.store.transaction():
        _account, step = proved
        if not accounts.used_step(office.store, who.id, step):
            return Wrong()
        accounts.forgive(office.store, who.name)
        kept = _kept(office, who, challenge.hex(), made, name)
    gate.give_back()
    return kept


def remove(office: Office, who: Colleague, passkey_id: int) -> bool:
    """Forget one of a colleague's own passkeys; False when it is none of theirs. Password and code remain."""
    with office.store.transaction():
        name = next((row.name for row in of(office, who) if row.id == passkey_id), "")
        removed = rows.remove(office.store, who.id, passkey_id, STAFF)
        if removed:
            audit.note_within(office, Noted.KEY_REMOVED, who.name, name=name)
        return removed


def to_prove(office: Office, binding: str) -> str:
    """What the browser needs to use any passkey that it has for this site, as JSON."""
    challenge = passkeys.new_challenge(office, binding)
    return office.factors.passkeys.request(challenge, [], alone=True)


def sign_in(
    office: Office, binding: str, answer: str, gate: Gate, address: str, label: str
) -> In | Wrong | Wait:
    """Sign in by a passkey alone: something one has, opened by something one knows or is.

    A slot of the address is taken first, and given back when the passkey was right. A name that waits after
    wrong passwords does not shut this way: whoever guesses at it has no key.
    """
    if seconds := gate.take():
        return Wait(office.now() + timedelta(seconds=seconds))
    proof = passkeys.check(office, binding, answer, alone=True, of=STAFF)
    found = _enter(office, proof, address, label)
    if isinstance(found, In):
        gate.give_back()
    return found


@repeated
def _enter(office: Office, proof: Proof | None, address: str, label: str) -> In | Wrong:
    with office.store.transaction():
        account = accounts.by_id(office.store, proof.passkey.owner_id) if proof else None
        open_ = account if account and account.left_at is None else None
        if proof is None or open_ is None or not passkeys.settled(office, proof, STAFF):
            name = account.name if account else ""
            audit.note_within(office, Noted.REFUSED_IN, "", name=name, address=address)
            return Wrong()
        return staff.begin_within(office, open_, address, label, how="passkey")


def _kept(office: Office, who: Colleague, challenge: str, made: NewKey, name: str) -> bool:
    if not rows.answer_once(office.store, challenge, office.now()) or len(of(office, who)) >= MOST:
        return False
    kept = NewPasskey(made.credential, made.public_key, made.sign_count, name or UNNAMED)
    if not rows.add(office.store, who.id, kept, office.now(), STAFF):
        return False
    audit.note_within(office, Noted.KEY_MADE, who.name, name=kept.name)
    return True
