"""What becomes of an authorisation: confirmed, reversed by the network, or by us when nobody confirms.

Notes leave the machine only after we said "confirmed", so a confirmation that comes too late gives nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.atm import Kind, Stage
from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import HouseKind
from madoguchi.domain.letters import FORMS
from madoguchi.domain.letters import Kind as Letter
from madoguchi.services import books, house, letters, posting
from madoguchi.services.atm_answers import Answer, Busy, Unknown, answer_of
from madoguchi.services.atm_limits import key_of
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import atm
from madoguchi.store.atm import Use

FEW: Final = 20  # unconfirmed uses in one look


@repeated
def confirm(office: Office, transaction: str) -> Answer | Busy | Unknown:
    """Settle an authorisation, once: the notes move now. Too late, it is reversed instead."""
    with office.store.transaction():
        use = _held(office, transaction)
        if use is None:
            return Unknown()
        if use.stage is Stage.CHECKING:
            return Busy()
        if use.stage is Stage.APPROVED:
            if office.now() >= _ends_at(office, use):
                return _take_back(office, use)
            return _settle(office, use)
        return answer_of(use)


@repeated
def reverse(office: Office, transaction: str) -> Answer:
    """Undo a transaction: afterwards no money stands on it. A deposit whose notes were taken in stands.

    One that was never seen is closed, so that a question under its number that comes late is refused.
    """
    with office.store.transaction():
        use = _held(office, transaction) or _closed(office, transaction)
        if use.stage is Stage.CHECKING:
            atm.move(office.store, transaction, use.stage, Stage.REVERSED, office.now())
            return answer_of(replace(use, stage=Stage.REVERSED))
        if use.stage is Stage.APPROVED or (use.stage is Stage.CONFIRMED and use.kind is Kind.WITHDRAWAL):
            return _take_back(office, use)
        return answer_of(use)


def reverse_unconfirmed(office: Office) -> int:
    """Reverse what was authorised and not confirmed in time, each in an act of its own; returns how many."""
    limit = timedelta(minutes=office.rules.atm.confirm_minutes)
    taken_back = 0
    for transaction in atm.unconfirmed(office.store, office.now() - limit, FEW):
        with office.store.transaction():
            use = _held(office, transaction)
            if use is not None and use.stage is Stage.APPROVED:
                _take_back(office, use)
                taken_back += 1
    return taken_back


def _held(office: Office, transaction: str) -> Use | None:
    """The use, held behind its contract: the order in which everybody holds them."""
    seen = atm.read(office.store, transaction)
    if seen is not None and seen.contract_id is not None:
        books.hold(office, seen.contract_id)
    return atm.hold(office.store, transaction) if seen is not None else None


def _ends_at(office: Office, use: Use) -> datetime:
    return use.asked_at + timedelta(minutes=office.rules.atm.confirm_minutes)


def _settle(office: Office, use: Use) -> Answer:
    """Notes out: the drawdown stands and costs its fee. Notes in: the fee is claimed and paid out of them."""
    assert use.contract_id is not None, "what was approved has a contract"
    store, now, today = office.store, office.now(), office.business_day()
    key = key_of(use)
    if use.fee:
        posting.charge_within(office, use.contract_id, use.fee, today, f"{key}:fee", use.machine)
    seq = use.seq
    if use.kind is Kind.WITHDRAWAL:
        house.post_within(office, HouseKind.CASH_PAID, use.amount, today, key, use.machine)
        _tell(office, Letter.ATM_DRAWN, use, now)
    else:
        done = posting.receive_within(
            office, use.contract_id, use.amount, Channel.ATM, use.business_day, key, use.machine
        )
        assert isinstance(done, Posted), "a payment at the machine is never refused"
        seq = done.entry.seq
        _tell(office, Letter.ATM_PAID, use, now)
    atm.move(store, use.transaction, use.stage, Stage.CONFIRMED, now, seq=seq)
    return answer_of(replace(use, stage=Stage.CONFIRMED))


def _take_back(office: Office, use: Use) -> Answer:
    """The drawdown never was, nor its fee; a deposit that was not confirmed has posted nothing."""
    assert use.contract_id is not None, "what was approved has a contract"
    store, now, key = office.store, office.now(), key_of(use)
    if use.kind is Kind.WITHDRAWAL:
        if use.stage is Stage.CONFIRMED:
            posting.undo_within(office, use.contract_id, f"{key}:fee", f"{key}:fee:undone")
            house.post_within(
                office, HouseKind.CASH_BACK, use.amount, office.business_day(), f"{key}:back", use.machine
            )
        posting.undo_within(office, use.contract_id, key, f"{key}:undone")
        _tell(office, Letter.ATM_UNDONE, use, now)
    atm.move(store, use.transaction, use.stage, Stage.REVERSED, now)
    return answer_of(replace(use, stage=Stage.REVERSED))


def _tell(office: Office, kind: Letter, use: Use, now: datetime) -> None:
    """A letter about money, in the act that moved it."""
    assert use.contract_id is not None, "letters are about contracts"
    row = books.hold(office, use.contract_id)
    known: dict[str, letters.Fact] = {
        "at": now,
        "amount": f"{use.amount:,}",
        "fee": f"{use.fee:,}",
        "machine": use.machine,
        "balance": f"{row.standing.balance:,}",
    }
    facts = {name: known[name] for name in FORMS[kind].asked}
    letters.write(office, kind, facts, member_id=row.member_id, now=now)


def _closed(office: Office, transaction: str) -> Use:
    """The use of a transaction that is reversed before anything else of it was seen."""
    now, on = office.now(), office.business_day()
    use = Use(transaction, "", Stage.REVERSED, None, "", "", None, 0, 0, on, now, {}, None)
    if atm.add(office.store, use):
        return use
    found = _held(office, transaction)  # it came in the same moment
    assert found is not None, "what could not be added is there"
    return found
