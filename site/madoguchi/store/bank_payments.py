"""Payments that members began at a bank's page, by the key that the bank knows them by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_ALL: Final = "key, contract_id, bank_code, amount, began_at, state, reference, accepted_at, seq"
_SELECT: Final = f"SELECT {_ALL} FROM bank_payment "  # noqa: S608
_BY_KEY: Final = _SELECT + "WHERE key = ?"
_BY_FORM: Final = _SELECT + "WHERE contract_id = ? AND form_key = ?"
_OPEN: Final = (
    _SELECT + "WHERE contract_id = ? AND state = 'begun' AND began_at > ? ORDER BY began_at DESC LIMIT ?"
)
_PAID: Final = (
    _SELECT + "WHERE contract_id = ? AND state = 'paid' AND accepted_at > ? ORDER BY accepted_at DESC LIMIT 1"
)
_ADD: Final = (
    "INSERT INTO bank_payment (key, contract_id, form_key, bank_code, amount, began_at) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class BankPayment:
    """One payment at a bank's page, in yen; `seq` is its entry once it is posted."""

    key: str
    contract_id: int
    bank_code: str
    amount: int
    began_at: datetime
    state: str
    reference: str
    accepted_at: datetime | None
    seq: int | None


def add(
    store: Store, key: str, contract_id: int, form_key: str, bank_code: str, amount: int, began_at: datetime
) -> None:
    """Write a payment that begins."""
    store.write(_ADD, (key, contract_id, form_key, bank_code, amount, moment_out(began_at)))


def by_key(store: Store, key: str) -> BankPayment | None:
    """Return the payment that the bank knows by this key."""
    return _payment(store.one(_BY_KEY, (key,)))


def hold(store: Store, key: str) -> BankPayment | None:
    """Return the payment of a key, held until the act ends."""
    return _payment(store.one(store.locked(_BY_KEY), (key,)))


def by_form(store: Store, contract_id: int, form_key: str) -> BankPayment | None:
    """Return the payment that this form began before."""
    return _payment(store.one(_BY_FORM, (contract_id, form_key)))


def open_since(store: Store, contract_id: int, since: datetime, most: int) -> list[BankPayment]:
    """Return payments begun after a moment of which the bank has said nothing, the newest first."""
    found = map(_payment, store.rows(_OPEN, (contract_id, moment_out(since), most)))
    return [payment for payment in found if payment]


def paid_since(store: Store, contract_id: int, since: datetime) -> BankPayment | None:
    """Return the last payment that a bank accepted after a moment."""
    return _payment(store.one(_PAID, (contract_id, moment_out(since))))


def paid(store: Store, key: str, reference: str, accepted_at: datetime, seq: int) -> None:
    """Note the bank's yes and the entry that was posted for it."""
    store.write(
        "UPDATE bank_payment SET state = 'paid', reference = ?, accepted_at = ?, seq = ? WHERE key = ?",
        (reference, moment_out(accepted_at), seq, key),
    )


def declined(store: Store, key: str, reference: str) -> None:
    """Note the bank's no; a yes that comes after it holds."""
    store.write(
        "UPDATE bank_payment SET state = 'declined', reference = ? WHERE key = ? AND state = 'begun'",
        (reference, key),
    )


def _payment(row: tuple[Any, ...] | None) -> BankPayment | None:
    if row is None:
        return None
    key, contract_id, bank_code, amount, began_at, state, reference, accepted_at, seq = row
    return BankPayment(
        key, contract_id, bank_code, amount, moment_in(began_at), state, reference, moment_in(accepted_at),
        seq,
    )  # fmt: skip
