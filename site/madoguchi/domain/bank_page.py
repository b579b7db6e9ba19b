"""What goes between this site and a bank's page: an order out and an answer back, as few signed fields.

Each is signed over the canonical text of all its fields, in their fixed order, under its own name: an order's
signature is none for an answer. Texts that are not exactly in shape are not read at all.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

from madoguchi.domain.money import MAX_YEN, Yen

SIGNATURE: Final = "signature"
PAID: Final = "paid"
DECLINED: Final = "declined"

_KEY: Final = "[0-9a-f]{32}"
_BANK: Final = "[0-9]{4}"
_YEN: Final = "[1-9][0-9]{0,12}"
_MOMENT: Final = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+09:00"
_ORDER: Final = {"key": _KEY, "bank_code": _BANK, "amount": _YEN}
_ANSWER: Final = {
    "key": _KEY,
    "bank_code": _BANK,
    "amount": _YEN,
    "outcome": f"{PAID}|{DECLINED}",
    "accepted_at": _MOMENT,
    "reference": "[0-9A-Z-]{1,40}",
}
_JAPAN: Final = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Order:
    """What a member wishes to pay at a bank, in yen; the key is of our making and used once."""

    key: str
    bank_code: str
    amount: Yen


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What a bank says about an order: paid or not, when it accepted (the value date), and its own number."""

    key: str
    bank_code: str
    amount: Yen
    paid: bool
    accepted_at: datetime
    reference: str


def sealed_order(secret: bytes, order: Order) -> dict[str, str]:
    """Return an order's fields with their signature."""
    return _sealed(
        secret,
        "order",
        _ORDER,
        {"key": order.key, "bank_code": order.bank_code, "amount": str(order.amount)},
    )


def sealed_answer(secret: bytes, answer: BankAnswer) -> dict[str, str]:
    """Return an answer's fields with their signature; a moment counts to the second."""
    fields = {
        "key": answer.key,
        "bank_code": answer.bank_code,
        "amount": str(answer.amount),
        "outcome": PAID if answer.paid else DECLINED,
        "accepted_at": answer.accepted_at.astimezone(_JAPAN).isoformat(timespec="seconds"),
        "reference": answer.reference,
    }
    return _sealed(secret, "answer", _ANSWER, fields)


def read_order(secret: bytes, fields: Mapping[str, str]) -> Order | None:
    """Return the order of these fields; None when one is missing, odd or too many, or the signature wrong."""
    if not _holds(secret, "order", _ORDER, fields):
        return None
    return Order(fields["key"], fields["bank_code"], int(fields["amount"]))


def read_answer(secret: bytes, fields: Mapping[str, str]) -> BankAnswer | None:
    """Return the answer of these fields; None as for read_order, or when its moment is none."""
    if not _holds(secret, "answer", _ANSWER, fields) or int(fields["amount"]) > MAX_YEN:
        return None
    try:
        accepted_at = datetime.fromisoformat(fields["accepted_at"])
    except ValueError:
        return None
    return BankAnswer(
        fields["key"],
        fields["bank_code"],
        int(fields["amount"]),
        fields["outcome"] == PAID,
        accepted_at,
        fields["reference"],
    )


def _sealed(secret: bytes, name: str, shape: Mapping[str, str], fields: dict[str, str]) -> dict[str, str]:
    return fields | {SIGNATURE: _signature(secret, name, shape, fields)}


def _holds(secret: bytes, name: str, shape: Mapping[str, str], fields: Mapping[str, str]) -> bool:
    if set(fields) != {*shape, SIGNATURE}:
        return False
    if not all(re.fullmatch(pattern, fields[part], re.ASCII) for part, pattern in shape.items()):
        return False
    given = fields[SIGNATURE].encode("utf-8", "replace")
    return hmac.compare_digest(_signature(secret, name, shape, fields).encode(), given)


def _signature(secret: bytes, name: str, shape: Mapping[str, str], fields: Mapping[str, str]) -> str:
    text = "\n".join([f"madoguchi {name} 1", *(f"{part}={fields[part]}" for part in shape)])
    return hmac.digest(secret, text.encode(), "sha256").hex()
