"""What the ATM network sends: JSON of exactly these fields, and the words that its signature covers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from madoguchi.domain.atm import DIGITS, Kind
from madoguchi.domain.money import MAX_YEN, Yen

LONGEST: Final = 4096  # bytes of a body
_SHAPES: Final = {
    "transaction": re.compile(r"[A-Za-z0-9-]{8,40}", re.ASCII),
    "machine": re.compile(r"[A-Za-z0-9-]{1,20}", re.ASCII),
    "number": re.compile(rf"[0-9]{{{DIGITS}}}", re.ASCII),
    "company": re.compile(r"[0-9]{4}", re.ASCII),
    "pin": re.compile(r"[0-9]{4}", re.ASCII),
}
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_SIGNATURE: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SECONDS: Final = re.compile(r"[0-9]{1,11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Authorise:
    """May this be done? `pin` is "" for a deposit, which asks none: repaying is never blocked."""

    transaction: str
    machine: str
    number: str
    company: str
    kind: Kind
    amount: Yen
    pin: str = ""

    @property
    def facts(self) -> str:
        """Everything in it as one text, which a repeated transaction has to repeat."""
        parts = (self.machine, self.number, self.company, self.kind, str(self.amount), self.pin)
        return "\n".join((self.transaction, *parts))


class Malformed(ValueError):
    """A message that is no message; `field` is one of ours or "", `problem` a short English sentence."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as it was signed: its time is in seconds since 1970, its body as it came."""

    method: str
    path: str
    seconds: str
    nonce: str
    body: bytes
    signature: str = ""

    @property
    def text(self) -> bytes:
        """What the signature covers; the body stands in it by its hash, so that no part can reach another."""
        lines = (self.method, self.path, self.seconds, self.nonce, sha256(self.body).hexdigest())
        return "\n".join(lines).encode()

    def is_shaped(self) -> bool:
        """Tell whether time, nonce and signature look like some; asked before anything is compared."""
        pairs = ((_SECONDS, self.seconds), (_NONCE, self.nonce), (_SIGNATURE, self.signature))
        return all(shape.fullmatch(value) for shape, value in pairs)

    def is_near(self, now: datetime, skew: timedelta) -> bool:
        """Tell whether it was signed within `skew` of an aware moment, before or after."""
        return abs(int(now.timestamp()) - int(self.seconds)) <= skew.total_seconds()


def read_authorise(body: bytes) -> Authorise:
    """Return the message of /api/atm/authorise; raises Malformed."""
    found = _object(body)
    if found.get("kind") not in tuple(Kind):
        raise Malformed("kind", "must be withdrawal or deposit")
    kind = Kind(found["kind"])
    texts = ("transaction", "machine", "number", "company")
    secret = ("pin",) if kind is Kind.WITHDRAWAL else ()
    _only(found, {*texts, *secret, "kind", "amount"})
    told = {name: _text(found, name) for name in (*texts, *secret)}
    return Authorise(kind=kind, amount=_amount(found), **told)


def read_transaction(body: bytes) -> str:
    """Return the transaction that /api/atm/confirm or reverse names; raises Malformed."""
    found = _object(body)
    _only(found, {"transaction"})
    return _text(found, "transaction")


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("", "the body is no JSON in UTF-8") from None
    if type(found) is not dict:
        raise Malformed("", "the body must be a JSON object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers disagree on which of two equal names counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("", "a name stands twice")
    return found


def _no_constant(name: str) -> None:
    raise Malformed("", f"{name} is no JSON")


def _only(found: dict[str, Any], names: set[str]) -> None:
    for name in sorted(names - set(found)):
        raise Malformed(name, "is missing")
    if set(found) - names:
        raise Malformed("", f"only these fields are allowed: {', '.join(sorted(names))}")


def _text(found: dict[str, Any], name: str) -> str:
    value = found[name]
    if type(value) is not str or not _SHAPES[name].fullmatch(value):
        raise Malformed(name, f"must be a text of the form {_SHAPES[name].pattern}")
    return value


def _amount(found: dict[str, Any]) -> Yen:
    value = found["amount"]
    if type(value) is not int or not 1 <= value <= MAX_YEN:
        raise Malformed("amount", f"must be a whole number of yen from 1 to {MAX_YEN}")
    return value
