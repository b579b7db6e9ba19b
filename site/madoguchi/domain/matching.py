"""Whose a payment is: by a member number that came with it, else by the payer's name and the amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from madoguchi.domain.money import Yen


class How(Enum):
    """By what a payment was given to a contract, or why to none yet; the texts are stored."""

    NUMBER = "number"  # a member number
    NUMBER_OTHER_NAME = "number_other_name"  # a member number under another name: a person says
    NAME = "name"  # the one member of this name, who owes as much
    NAME_AMOUNT = "name_amount"  # of several of this name the one who is to pay just this
    HAND = "hand"  # somebody at the desk chose
    SEVERAL = "several"  # more than one comes into question
    MORE_THAN_OWED = "more_than_owed"  # the one member of this name owes less
    NOBODY = "nobody"  # neither number nor name is known
    TOO_EARLY = "too_early"  # booked before the contract began
    UNDONE = "undone"  # it was posted, and that was undone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract that a payment may be for; `name` is in bank kana without blanks.

    `asked` are the amounts that would fit just so: what is due now, what is due next, the whole debt.
    """

    contract_id: int
    number: str
    name: str
    debt: Yen
    asked: frozenset[Yen]


@dataclass(frozen=True, slots=True)
class Match:
    """The contract that a payment goes to, None where a person has to say; `candidates` are theirs to see."""

    how: How
    contract_id: int | None
    candidates: tuple[Candidate, ...] = ()


def match(name: str, amount: Yen, numbered: Sequence[Candidate], named: Sequence[Candidate]) -> Match:
    """Find whose a payment is among those of its member numbers and those of its name (kana, no blanks)."""
    if len(numbered) == 1:
        (one,) = numbered
        if one.name == name:
            return Match(How.NUMBER, one.contract_id)
        return Match(How.NUMBER_OTHER_NAME, None, (one,))
    if numbered:
        same = [one for one in numbered if one.name == name]
        if len(same) == 1:
            return Match(How.NUMBER, same[0].contract_id)
        return Match(How.SEVERAL, None, tuple(numbered))
    if not named:
        return Match(How.NOBODY, None)
    fitting = [one for one in named if amount in one.asked]
    if len(named) == 1:
        (one,) = named
        if amount <= one.debt:
            return Match(How.NAME, one.contract_id)
        return Match(How.MORE_THAN_OWED, None, (one,))
    if len(fitting) == 1:
        return Match(How.NAME_AMOUNT, fitting[0].contract_id)
    return Match(How.SEVERAL, None, tuple(named))
