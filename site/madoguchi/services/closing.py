"""Closing a contract at exact zero: its states and mandate, what was applied for, certificate and letter."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.applications import Stage
from madoguchi.domain.documents import DocumentKind
from madoguchi.services import application_letters, cases, contracts, documents
from madoguchi.services.cases import MEMBER, SYSTEM, CaseKind
from madoguchi.services.office import Office
from madoguchi.store import applications, borrow_stops, dormant, mandates
from madoguchi.store.contracts import ContractRow

BY_MEMBER: Final = "ご本人の希望"
UNUSED: Final = "長いあいだご利用がなかったため"
CLOSED: Final = "closed"  # why mandates end with their contract


def close_within(office: Office, contract_id: int, why: str, session_key: str = "") -> ContractRow:
    """Close a contract that is held and owes exactly nothing, inside an act that is open.

    The session of `session_key` may go on looking at what a closed contract shows.
    """
    by_whom = MEMBER if why == BY_MEMBER else SYSTEM
    row = contracts.close_within(office, contract_id, why, by_whom, session_key)
    if not isinstance(row, ContractRow):
        raise RuntimeError(f"a closing that was checked was refused: {type(row).__name__}")
    end_mandates_within(office, contract_id)
    end_wishes_within(office, contract_id)
    documents.issue_within(office, contract_id, DocumentKind.PAID)
    due = None if why == BY_MEMBER else application_letters.by_day(office)
    application_letters.closed(office, row.member_id, why, due)
    return row


def end_wishes_within(office: Office, contract_id: int) -> None:
    """End what its member still wished of a contract that ends, inside that act."""
    _end_applications(office, contract_id)
    dormant.forget(office.store, contract_id)
    if stop := borrow_stops.present(office.store, contract_id):  # there is nothing left to lift
        borrow_stops.end(office.store, stop.id, office.now(), borrow_stops.CLOSED)


def end_mandates_within(office: Office, contract_id: int) -> None:
    """End the mandate of a contract that ends, or the wish for one, inside that act."""
    for state in (mandates.ASKED, mandates.ACTIVE):
        if found := mandates.in_state(office.store, contract_id, state):
            mandates.ended(office.store, found.id, office.now(), CLOSED)


def _end_applications(office: Office, contract_id: int) -> None:
    """What was still to be decided is over with the contract; the closing itself is not among them."""
    for one in applications.still_open(office.store, contract_id):
        if one.kind.at_once:
            continue
        words = "ご契約が終了したため、このお申し込みも終わりました。"
        applications.move(office.store, one.id, Stage.WITHDRAWN, office.now())
        applications.note(office.store, one.id, office.now(), SYSTEM, Stage.WITHDRAWN, words)
        cases.close_about_within(office, CaseKind.APPLICATION, one.id, Stage.WITHDRAWN.value)
