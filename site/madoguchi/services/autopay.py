"""What the page of direct debits shows: the mandate, what is at the bank, what became of earlier debits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.days import next_business_day
from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS, Effect
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Standing
from madoguchi.services import mandates
from madoguchi.services.mandates import Named
from madoguchi.services.office import Office
from madoguchi.store import debits

SHOWN: Final = 12  # earlier debits: about a year


@dataclass(frozen=True, slots=True)
class AtBank:
    """A debit that the bank works on: its day, the yen, and the day by which its result is known."""

    on: date
    amount: int
    known_by: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier debit and what became of it."""

    on: date
    amount: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Autopay:
    """All of it; `due` is the next due date and what it asks."""

    active: Named | None
    asked: Named | None
    last: Named | None
    at_bank: tuple[AtBank, ...]
    past: tuple[Past, ...]
    due: tuple[date, int] | None

    @property
    def why(self) -> Effect | None:
        """What the bank said when it ended the last mandate."""
        said, _, code = self.last.mandate.why.partition(":") if self.last else ("", "", "")
        return EFFECTS[Result(int(code))] if said == mandates.BY_BANK else None


def look(office: Office, contract_id: int, standing: Standing) -> Autopay:
    """Return everything about a contract's direct debits; the standing is as cached."""
    seen = mandates.look(office, contract_id)
    told = debits.newest(office.store, contract_id, SHOWN)
    now = counted_to(standing, office.business_day(), office.rules.product)
    return Autopay(
        seen.active,
        seen.asked,
        seen.last,
        tuple(_at_bank(office, one.on, one.amount) for one in reversed(told) if one.result is None),
        tuple(
            Past(one.on, one.amount, EFFECTS[Result(one.result)]) for one in told if one.result is not None
        ),
        money.due_by_then(now, office.rules.product),
    )


def at_bank(office: Office, contract_id: int) -> tuple[AtBank, ...]:
    """The debits whose result is not known: whoever pays the same by another way pays twice."""
    return tuple(_at_bank(office, one.on, one.amount) for one in debits.at_bank(office.store, contract_id))


def marked(standing: Standing) -> bool:
    """Whether the figures say that a debit is at the bank; at_bank says which, for one statement more."""
    return bool(standing.pending) or (standing.running is not None and standing.running.debited)


def _at_bank(office: Office, on: date, amount: int) -> AtBank:
    known_by = on
    for _ in range(office.rules.debit.answer_days):
        known_by = next_business_day(known_by + timedelta(days=1))
    return AtBank(on, amount, known_by, passed=on < office.business_day())
