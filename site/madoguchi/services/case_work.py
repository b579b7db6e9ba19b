"""What the desk needs beside a case to work on it, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from madoguchi.domain import limit_change
from madoguchi.domain.applications import Kind
from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.domain.limit_change import Third
from madoguchi.services import message_desk, uploads
from madoguchi.services.applications import SUBJECT
from madoguchi.services.cases import CaseKind
from madoguchi.services.messages import Thread
from madoguchi.services.office import Office
from madoguchi.store import applications, debit_failures, debits, dossier, doubtful, incoming, payouts
from madoguchi.store.applications import Application, Figures
from madoguchi.store.cases import Case
from madoguchi.store.debit_failures import Failed
from madoguchi.store.debits import File
from madoguchi.store.dossier import Contract, State
from madoguchi.store.doubtful import Doubtful
from madoguchi.store.incoming import Payment
from madoguchi.store.payouts import Payout
from madoguchi.store.uploads import Upload

FEW: Final = 20
LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class ApplicationWork:
    """An application with the papers that came with it, and what the law says of a wished limit."""

    one: Application
    files: tuple[Upload, ...]
    figures: Figures
    third: Third | None


@dataclass(frozen=True, slots=True)
class CardWork:
    """A card and its contract's states; for misuse what the member does not know, and its sum in yen."""

    contract: Contract | None
    states: Sequence[State]
    entries: Sequence[Doubtful] = ()

    @property
    def total(self) -> int:
        """The sum of the entries, in yen."""
        return sum(one.amount for one in self.entries)


@dataclass(frozen=True, slots=True)
class FailedDebit:
    """A debit that was not paid, and the bank's reason in words; `ends` when no other can be asked for."""

    line: Failed
    words: str
    ends: bool


@dataclass(frozen=True, slots=True)
class DebitWork:
    """A file of debits, and those of it that were not paid; `more` when there are others."""

    file: File
    failed: Sequence[FailedDebit]
    more: bool


Work = ApplicationWork | Thread | CardWork | Payout | DebitWork | Payment | None


def work_of(office: Office, case: Case) -> Work:
    """What belongs to a case; None for a kind that tells everything in its own facts."""
    found = _BY_KIND.get(CaseKind(case.kind))
    return found(office, case) if found else None


def _application(office: Office, case: Case) -> ApplicationWork | None:
    one = applications.read(office.store, case.subject_id or 0)
    if one is None:
        return None
    files = uploads.about(office, SUBJECT, [one.id]).get(one.id, ())
    figures = applications.figures(office.store, one.member_id, one.contract_id)
    return ApplicationWork(one, files, figures, _third(office, one, figures))


def _third(office: Office, one: Application, figures: Figures) -> Third | None:
    if one.kind is not Kind.LIMIT_UP:
        return None
    wished = one.facts["limit"], one.facts["income"], one.facts["other_debts"]
    return limit_change.third(*wished, figures.elsewhere, office.rules.applications.limit_unit)


def _thread(office: Office, case: Case) -> Thread | None:
    return message_desk.look(office, case.subject_id or 0)


def _card(office: Office, case: Case) -> CardWork:
    held = dossier.contracts_of(office.store, case.member_id) if case.member_id else []
    contract = next((one for one in held if case.contract_id in (None, one.id)), None)
    if contract is None:
        return CardWork(None, ())
    entries = doubtful.these(office.store, contract.id, case.facts.get("entries", []))
    return CardWork(contract, dossier.states_of(office.store, contract.id, FEW), entries)


def _payout(office: Office, case: Case) -> Payout | None:
    return payouts.by_id(office.store, case.subject_id or 0)


def _payment(office: Office, case: Case) -> Payment | None:
    return incoming.read(office.store, case.subject_id or 0)


def _debits(office: Office, case: Case) -> DebitWork | None:
    file = debits.read_file(office.store, case.subject_id or 0)
    if file is None:
        return None
    found = debit_failures.failed(office.store, file.id, Result.PAID.value, LISTED + 1)
    effects = [(line, EFFECTS[Result(line.result)]) for line in found[:LISTED]]
    lines = [FailedDebit(line, effect.words, effect.ends_mandate) for line, effect in effects]
    return DebitWork(file, lines, len(found) > LISTED)


_BY_KIND: Final[Mapping[CaseKind, Callable[[Office, Case], Work]]] = {
    CaseKind.APPLICATION: _application,
    CaseKind.MESSAGE: _thread,
    CaseKind.LOST_CARD: _card,
    CaseKind.MISUSE: _card,
    CaseKind.TRANSFER: _payout,
    CaseKind.DEBIT: _debits,
    CaseKind.PAYMENT: _payment,
}
