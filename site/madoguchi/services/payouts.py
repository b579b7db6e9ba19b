"""Sending money: promised with its entry, handed to the bank outside of any act, settled or given back.

A payout is marked as handed, and that is committed, before the bank sees it. Whoever finds one handed does
not know what became of it and asks; it is never sent again, and a bank that never saw it says no. One is
claimed at a time, so that a death leaves one outcome to be asked for and no neighbour's.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.ledger import HouseKind
from madoguchi.domain.letters import Kind
from madoguchi.ports.bank import Answer, Bank, Pending, Rejected, Settled, TransferOrder
from madoguchi.services import bank_files, books, corrections, house, letters, posting, transfer_cases
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.services.repeating import one_act, repeated
from madoguchi.store import payouts
from madoguchi.store.accounts import Account
from madoguchi.store.payouts import NewPayout, Payout

CLAIM: Final = timedelta(minutes=2)  # longer than any bank takes to answer
FEW: Final = 20  # payouts in one call
# How long after the n-th try the bank is asked again; the last repeats.
WAITS: Final = (2, 5, 15, 60, 300, 900)

log = logging.getLogger("madoguchi.payouts")


class PayoutKind(Enum):
    """What money is sent for; the texts are stored."""

    DRAWDOWN = "drawdown"
    DEPOSIT = "deposit"


WORDS: Final = {PayoutKind.DRAWDOWN: "お借り入れ", PayoutKind.DEPOSIT: "預り金のお返し"}


@dataclass(frozen=True, slots=True)
class Promise:
    """The entry of the ledger (its number, and the caller's own key) that money is sent for, in yen."""

    kind: PayoutKind
    contract_id: int
    seq: int
    key: str
    amount: int
    value_date: date


def promise_within(office: Office, promise: Promise, account: Account) -> int:
    """Put an instruction to the bank beside the entry that moved the balance, in the act that posts it."""
    assert office.store.in_transaction, "a promise is part of the act that posts the entry"
    return payouts.add(
        office.store,
        NewPayout(
            kind=promise.kind.value,
            contract_id=promise.contract_id,
            seq=promise.seq,
            entry_key=promise.key,
            bank_key=secrets.token_hex(10),
            amount=promise.amount,
            value_date=promise.value_date,
            account=(
                account.bank_code,
                account.branch_code,
                account.kind,
                account.number,
                account.holder_kana,
            ),
            promised_at=office.now(),
        ),
    )


def deliver(office: Office) -> int:
    """Take up a few of the payouts that are due; returns how many, FEW when there may be more.

    Raises Unfit where the bank's files are another machine's.
    """
    taken = 0
    while office.bank and taken < FEW and payouts.is_due(office.store, office.now()):
        bank_files.keep_here(office)
        now = office.now()
        payout = _claim(office, now)
        if payout is None:
            break
        taken += 1
        _answered(office, payout, _bank_says(office.bank, payout))
    return taken


def waiting(office: Office) -> int:
    """How many payouts have no answer yet."""
    return payouts.waiting(office.store)


def overdue(office: Office, patience: timedelta) -> int:
    """How many have none though so much time has passed since they were promised, and their day has come."""
    return payouts.waiting(office.store, office.now() - patience, office.business_day())


@one_act
def _claim(office: Office, now: datetime) -> Payout | None:
    return payouts.claim(office.store, now, now + CLAIM)


def _bank_says(bank: Bank, payout: Payout) -> Answer:
    """Send what was never taken up before, ask about all else; a bank that fails has not answered."""
    try:
        return bank.send(_order(payout)) if payout.tries == 1 else bank.ask(payout.bank_key)
    except Exception as fault:  # noqa: BLE001 - whatever went wrong, the outcome is not known
        log.error("payout %d: the bank cannot be used: %s", payout.id, type(fault).__name__)
        return Pending()


def _order(payout: Payout) -> TransferOrder:
    return TransferOrder(
        key=payout.bank_key,
        amount=payout.amount,
        bank_code=payout.bank_code,
        branch_code=payout.branch_code,
        account_kind=payout.account_kind,
        account_number=payout.account_number,
        holder_kana=payout.holder_kana,
        on=payout.value_date,
    )


def _answered(office: Office, payout: Payout, answer: Answer) -> None:
    match answer:
        case Settled():
            _settled(office, payout, answer)
        case Rejected():
            _given_back(office, payout, answer)
        case Pending():
            wait = timedelta(seconds=WAITS[min(payout.tries, len(WAITS)) - 1])
            _postpone(office, payout, wait)


@one_act
def _postpone(office: Office, payout: Payout, wait: timedelta) -> None:
    payouts.postpone(office.store, payout, office.now() + wait)


@repeated
def _settled(office: Office, payout: Payout, answer: Settled) -> None:
    """The money has left our bank account: the house's own entry, and a letter to the member."""
    with office.store.transaction():
        row = books.hold(office, payout.contract_id)
        if not payouts.settle(office.store, payout, answer.reference, answer.on, office.now()):
            return
        house.post_within(
            office,
            HouseKind.TRANSFER_SENT,
            payout.amount,
            answer.on,
            f"payout:{payout.id}",
            f"{payout.contract_id}:{payout.seq}",
        )
        letters.write(
            office,
            Kind.TRANSFER_SENT,
            _facts(payout) | {"on": _day(answer.on), "reference": answer.reference},
            member_id=row.member_id,
        )
        transfer_cases.settled_within(office, payout)


@repeated
def _given_back(office: Office, payout: Payout, answer: Rejected) -> None:
    """The bank's no is the only thing that gives the limit back; the member is told why."""
    with office.store.transaction():
        row = books.hold(office, payout.contract_id)
        if not payouts.give_back(office.store, payout, answer.code, answer.reason, office.now()):
            return
        undone = posting.undo_within(
            office, payout.contract_id, payout.entry_key, f"payout:{payout.id}:returned"
        )
        assert isinstance(undone, Posted), "what was promised was posted"
        letters.write(
            office,
            Kind.TRANSFER_RETURNED,
            _facts(payout) | {"at": office.now(), "why": answer.reason} | _left(undone),
            member_id=row.member_id,
        )
        transfer_cases.returned_within(office, replace(payout, reason=answer.reason), row.member_id)


def _facts(payout: Payout) -> dict[str, str | int | datetime]:
    return {
        "what": WORDS[PayoutKind(payout.kind)],
        "amount": f"{payout.amount:,}",
        "account": f"･･･{payout.account_number[-4:]}",
    }


def _left(undone: Posted) -> dict[str, str]:
    """What stands when it is undone; payments made meanwhile may have become a deposit."""
    now = undone.standing
    return {
        "balance": f"{now.balance:,}",
        "deposit": f"{now.deposit:,}" if now.deposit else "",
        "corrected": corrections.in_words(undone.corrected),
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
