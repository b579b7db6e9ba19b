"""What the page of direct debits shows: the mandate, what is at the bank, what became of earlier debits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS, Effect
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Standing
from madoguchi.services import debit_files, mandates
from madoguchi.services.mandates import Named
from madoguchi.services.office import Office
from madoguchi.store import debits

SHOWN: Final = 12  # earlier debits: about a year


@dataclass(frozen=True, slots=True)
class AtBank:
    """A debit that the bank works on: its day, the yen, and the day by which its result is known.

    `passed` once its day is over; `late` once the result should have come and did not.
    """

    on: date
    amount: int
    known_by: date
    passed: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier debit and what became of it."""

    on: date
    amount: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Autopay:
    """All of it; `due` is the next due date and the yen that a debit would ask, less what the deposit covers.

    `too_late` when no debit can be asked for it any more, and it has to be paid by another way; `over` are
    the mandates that are over, the newest first.
    """

    active: Named | None
    asked: Named | None
    last: Named | None
    at_bank: tuple[AtBank, ...]
    past: tuple[Past, ...]
    due: tuple[date, int] | None
    too_late: bool
    over: tuple[Named, ...]

    @property
    def why(self) -> Effect | None:
        """What the bank said when it ended the last mandate."""
        said, _, code = self.last.mandate.why.partition(":") if self.last else ("", "", "")
        return EFFECTS[Result(int(code))] if said == mandates.BY_BANK else None


def look(office: Office, contract_id: int, standing: Standing) -> Autopay:
    """Return everything about a contract's direct debits; the standing is as cached."""
    seen = mandates.look(office, contract_id)
    told = debits.newest(office.store, contract_id, SHOWN)
    due = _due(office, standing)
    return Autopay(
        seen.active,
        seen.asked,
        seen.last,
        tuple(_at_bank(office, one.on, one.amount) for one in reversed(told) if one.result is None),
        tuple(
            Past(one.on, one.amount, EFFECTS[Result(one.result)]) for one in told if one.result is not None
        ),
        due,
        due is not None and due[1] > 0 and debit_files.too_late(office, due[0]),
        seen.over,
    )


def at_bank(office: Office, contract_id: int) -> tuple[AtBank, ...]:
    """The debits whose result is not known: whoever pays the same by another way pays twice."""
    return tuple(_at_bank(office, one.on, one.amount) for one in debits.at_bank(office.store, contract_id))


def marked(standing: Standing) -> bool:
    """Whether the figures say that a debit is at the bank; at_bank says which, for one statement more."""
    return bool(standing.pending) or (standing.running is not None and standing.running.debited)


def planned(office: Office, contract_id: int, standing: Standing) -> tuple[date, int] | None:
    """The due date whose debit will be asked of the bank, and the yen as they stand; two statements."""
    if mandates.working(office, contract_id) is None:
        return None
    due = to_ask(office, standing)
    return None if due is None or debit_files.too_late(office, due[0]) else due


def to_ask(office: Office, standing: Standing) -> tuple[date, int] | None:
    """The next due date and the yen that a debit would ask; None for nothing, or once it is at the bank."""
    due, running = _due(office, standing), standing.running
    if due is None or not due[1] or due[0] <= office.business_day():
        return None
    return None if running and running.debited and running.day == due[0] else due


def _due(office: Office, standing: Standing) -> tuple[date, int] | None:
    now = counted_to(standing, office.business_day(), office.rules.product)
    due = money.due_by_then(now, office.rules.product)
    return (due[0], max(0, due[1] - now.deposit)) if due else None


def _at_bank(office: Office, on: date, amount: int) -> AtBank:
    known_by, today = debit_files.known_by(office, on), office.business_day()
    return AtBank(on, amount, known_by, passed=on < today, late=known_by < today)
