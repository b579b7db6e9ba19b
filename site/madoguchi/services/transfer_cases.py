"""Transfers that need a person: the bank said no, or has said nothing for too long. One case for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from madoguchi.services import books, cases
from madoguchi.services.cases import SYSTEM, CaseKind
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import cases as rows
from madoguchi.store import payouts
from madoguchi.store.payouts import Payout

RETURNED: Final = "returned"
UNKNOWN: Final = "unknown"
FEW: Final = 20


def returned_within(office: Office, payout: Payout, member_id: int) -> None:
    """Let somebody see to a transfer that came back, in the act that gives it back."""
    if known := _open_case(office, payout.id):
        cases.note_within(office, known, SYSTEM, f"銀行の返事：できませんでした（{payout.reason}）")
        return
    _open(office, payout, member_id, RETURNED)


def settled_within(office: Office, payout: Payout) -> None:
    """Close the case of a transfer whose outcome was not known: the bank sent it after all."""
    if known := _open_case(office, payout.id):
        cases.note_within(office, known, SYSTEM, "銀行の返事：送金できました")
        cases.close_within(office, known, "settled")


def open_unknown(office: Office) -> int:
    """Open a case for each transfer without the bank's word for too long; returns how many were opened.

    Not where the bank is reached by files, whose answers a person says: see services/doctor.py.
    """
    if office.bank is None or office.transfers is not None:
        return 0
    before = office.now() - timedelta(minutes=office.rules.desk.unknown_minutes)
    found = payouts.unknown(office.store, before, office.business_day(), FEW)
    return sum(_opened(office, payout) for payout in found)


@repeated
def _opened(office: Office, payout: Payout) -> bool:
    """Open one in an act of its own, unless the bank or another worker was faster."""
    with office.store.transaction():
        row = books.hold(office, payout.contract_id)
        now = payouts.by_id(office.store, payout.id)
        if now is None or now.answered_at or rows.about(office.store, CaseKind.TRANSFER.value, payout.id):
            return False
        _open(office, payout, row.member_id, UNKNOWN)
        return True


def _open(office: Office, payout: Payout, member_id: int, what: str) -> None:
    facts: dict[str, Any] = {"what": what}
    about = {"member_id": member_id, "contract_id": payout.contract_id}
    cases.open_within(office, CaseKind.TRANSFER, facts, subject_id=payout.id, **about)


def _open_case(office: Office, payout_id: int) -> int | None:
    found = rows.about(office.store, CaseKind.TRANSFER.value, payout_id)
    return next((case.id for case in found if case.closed_at is None), None)
