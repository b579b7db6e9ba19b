"""Giving a member's deposit back to the account on file, when the member asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.rights import Refusal
from madoguchi.services import books, history, offers, payouts, posting, repay
from madoguchi.services.books import Act, Conflict, Posted
from madoguchi.services.offers import Arrival, Denied, Used
from madoguchi.services.office import Office
from madoguchi.services.payouts import PayoutKind, Promise
from madoguchi.services.posting import NoDeposit
from madoguchi.services.sessions import Visitor
from madoguchi.store import accounts, members
from madoguchi.store import payouts as payout_rows
from madoguchi.store.accounts import Account
from madoguchi.store.payouts import Payout

PREFIX: Final = "deposit-back:"  # before each key, so that no other act can meet it


@dataclass(frozen=True, slots=True)
class Free:
    """What can be given back now, in yen, where to and when it arrives.

    `debits`: nothing can be while a debit is at the bank, whose answer may still need the money.
    """

    amount: int
    account: Account
    arrival: Arrival
    debits: bool


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The return stands in the ledger under this number."""

    seq: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A return as it stands in the ledger, and what became of the money."""

    row: history.Row
    payout: Payout


def look(office: Office, visitor: Visitor) -> Free | Denied:
    """Return what can be given back now, or the rule that no account can receive it."""
    account = offers.account_of(office, visitor.member_id)
    if isinstance(account, Refusal):
        return Denied(account)
    waits = bool(repay.debits(office, visitor.standing))
    free = 0 if waits else visitor.standing.deposit
    return Free(free, account, offers.arrival(office, account), waits)


def give_back(
    office: Office, visitor: Visitor, amount: int, key: str
) -> GivenBack | Used | NoDeposit | Denied:
    """Give some of the deposit back, once for each key: posted and promised to the bank in one act."""
    today = office.business_day()
    with office.store.transaction():
        accounts.hold_member(office.store, visitor.member_id)
        row = books.hold(office, visitor.contract_id)
        act = Act(EntryKind.DEPOSIT_RETURNED, amount, today, Channel.TRANSFER, PREFIX + key)
        if earlier := books.earlier(office, row, act):
            if isinstance(earlier, Conflict):
                return Used(earlier.first.seq)
            return GivenBack(earlier.entry.seq, repeated=True)
        account = offers.account_of(office, visitor.member_id)
        if isinstance(account, Refusal):
            return Denied(account)
        done = posting.return_within(office, visitor.contract_id, amount, today, act.key)
        if isinstance(done, NoDeposit):
            return done
        assert isinstance(done, Posted), "the key is new, and today is never before what is counted"
        return _promised(office, visitor, done, account)


def receipt(office: Office, visitor: Visitor, seq: int) -> Receipt | None:
    """Return one return of a deposit of the visitor's contract; None for a number that is none."""
    found = history.detail(office, visitor.contract_id, visitor.standing, seq)
    if found is None or found.row.kind != EntryKind.DEPOSIT_RETURNED:
        return None
    payout = payout_rows.of_entry(office.store, visitor.contract_id, seq)
    return Receipt(found.row, payout) if payout else None


def _promised(office: Office, visitor: Visitor, done: Posted, account: Account) -> GivenBack:
    entry, on = done.entry, offers.arrival(office, account).on
    key = entry.key.partition(":")[2]  # the caller's own, without the contract before it
    promise = Promise(PayoutKind.DEPOSIT, visitor.contract_id, entry.seq, key, entry.amount, on)
    payouts.promise_within(office, promise, account)
    members.account_drawn_to(office.store, visitor.member_id, office.now())
    return GivenBack(entry.seq)
