"""The words of the smartphone ATM: what the network is told, and how a use is told again."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from madoguchi.domain.atm import Kind, Stage
from madoguchi.domain.atm_message import Authorise
from madoguchi.domain.atm_refusals import Ask
from madoguchi.domain.rights import Refusal
from madoguchi.services.office import Office
from madoguchi.store.atm import Use


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands of a transaction: its stage, and what belongs to it (yen, words for a person)."""

    transaction: str
    result: Stage
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The transaction was used before, for something else; nothing was done."""


@dataclass(frozen=True, slots=True)
class Busy:
    """The same transaction, or another try at this card's PIN, is being looked at: ask again in a moment."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such transaction."""


def answer_of(use: Use) -> Answer:
    """Tell a use as it stands now."""
    if use.stage is Stage.REFUSED:
        return Answer(use.transaction, use.stage, use.answer)
    return Answer(use.transaction, use.stage, figures(use.kind, use.amount, use.fee) if use.kind else {})


def figures(kind: Kind, amount: int, fee: int) -> dict[str, Any]:
    """What is told of a use that money stands on or stood on."""
    return {"kind": kind.value, "amount": amount, "fee": fee}


def refused(refusal: Refusal, ask: Ask) -> dict[str, Any]:
    """What is told of a refusal: its code, a rule and a next step in Japanese, and what to ask next."""
    return {"code": refusal.code, "message": refusal.rule + refusal.next_step, "ask": ask.value}


def facts_of(office: Office, asked: Authorise) -> str:
    """A keyed hash of a request, by which a repetition is told from another request of the same number."""
    return hmac.new(office.secret, f"atm:{asked.facts}".encode(), sha256).hexdigest()
