"""Borrowing to the member's bank account: how much, what it would do, the one act, and its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from madoguchi.domain import borrowing as rules
from madoguchi.domain import standing as money
from madoguchi.domain.channels import Channel, channel_of
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.present import counted_to
from madoguchi.domain.rights import Refusal
from madoguchi.services import books, history, offers, payouts, posting, step_up
from madoguchi.services.books import Act, Conflict, Posted
from madoguchi.services.offers import Arrival, Denied, Figures, Offer, Refused, TooMuch, Used, WrongUnit
from madoguchi.services.office import Office
from madoguchi.services.payouts import PayoutKind, Promise
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import Visitor
from madoguchi.store import accounts, members
from madoguchi.store import payouts as payout_rows
from madoguchi.store.accounts import Account
from madoguchi.store.payouts import Payout

PREFIX: Final = "borrow:"  # before each key, so that no other act can meet it
JUST_NOW: Final = timedelta(minutes=10)  # how long a drawdown is named before another one


@dataclass(frozen=True, slots=True)
class Room:
    """What the form needs: where money goes and when, what the limit leaves, and how much may be borrowed."""

    account: Account
    arrival: Arrival
    available: int
    most: int
    unit: int
    bound: Refusal


@dataclass(frozen=True, slots=True)
class Borrowed:
    """The drawdown stands in the ledger under this number; `repeated` when it stood there already."""

    seq: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """Something is no longer as the page showed it, or the second step comes first; nothing was borrowed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A drawdown as it stands in the ledger, and what became of the money (None at an ATM or a counter).

    `coming` when it is on its way and arrives on a later day.
    """

    row: history.Row
    posted_at: datetime
    channel: Channel
    payout: Payout | None
    coming: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The drawdown before this one; `just_now` when that is so short ago that this may be the same wish."""

    payout: Payout
    just_now: bool


def look(office: Office, visitor: Visitor) -> Room | Denied:
    """Return what may be borrowed now, or the rule that lets nothing be."""
    account = offers.account_of(office, visitor.member_id)
    if isinstance(account, Refusal):
        return Denied(account)
    means = accounts.means(office.store, visitor.member_id, visitor.contract_id)
    known = (means.annual_income, means.other_debts, office.rules.product.drawdown_unit)
    found = rules.room(visitor.standing, *known)
    if denied := rules.refused(visitor.standing, known[-1], *known):
        return Denied(denied)
    free = money.available(visitor.standing)
    return Room(account, offers.arrival(office, account), free, found.most, known[-1], found.bound)


def lately(office: Office, visitor: Visitor) -> Earlier | None:
    """The drawdown to name before another one: taken just now, or with its money still on its way."""
    since = office.now() - JUST_NOW
    found = payout_rows.lately(office.store, visitor.contract_id, PayoutKind.DRAWDOWN.value, since)
    return Earlier(found, found.promised_at > since) if found else None


def first_use(office: Office, visitor: Visitor) -> bool:
    """Whether the account was never drawn to, so that the second step comes before an offer."""
    account = accounts.present(office.store, visitor.member_id)
    return account is not None and account.drawn_to_at is None


def preview(office: Office, visitor: Visitor, amount: int) -> Offer | Refused:
    """Return what borrowing would do, without a key to do it with."""
    account = offers.account_of(office, visitor.member_id)
    if isinstance(account, Refusal):
        return Denied(account)
    means = accounts.means(office.store, visitor.member_id, visitor.contract_id)
    return offers.make(office, visitor.standing, account, means, amount)


def offer(office: Office, visitor: Visitor, session: str, amount: int) -> Offer | Refused | Changed:
    """Return what borrowing would do, with its key; Changed when the second step has to come first."""
    made = preview(office, visitor, amount)
    if not isinstance(made, Offer):
        return made
    if made.account.drawn_to_at is None and not step_up.fresh(office, visitor):
        return Changed()
    return offers.keyed(office, visitor, session, made)


@repeated
def borrow(
    office: Office, visitor: Visitor, session: str, amount: int, key: str
) -> Borrowed | Used | Changed | Refused:
    """Take an offer by its key: check, post, promise the money and note the account, all in one act."""
    with office.store.transaction():
        accounts.hold_member(office.store, visitor.member_id)
        row = books.hold(office, visitor.contract_id)
        today = office.business_day()
        act = Act(EntryKind.DRAWDOWN, amount, today, Channel.TRANSFER, PREFIX + key)
        if earlier := books.earlier(office, row, act):
            if isinstance(earlier, Conflict):
                return Used(earlier.first.seq)
            return Borrowed(earlier.entry.seq, repeated=True)
        account = offers.account_of(office, visitor.member_id)
        if isinstance(account, Refusal):
            return Denied(account)
        means = accounts.means(office.store, visitor.member_id, visitor.contract_id)
        standing = counted_to(row.standing, today, office.rules.product)
        made = offers.make(office, standing, account, means, amount)
        if not isinstance(made, Offer):
            return made
        if not offers.fits(office, visitor, session, made, key):
            return Changed()
        return _post(office, visitor, made, PREFIX + key)


def receipt(office: Office, visitor: Visitor, seq: int) -> Receipt | None:
    """Return one drawdown of the visitor's contract; None for a number that is no drawdown's."""
    found = history.detail(office, visitor.contract_id, visitor.standing, seq)
    if found is None or found.row.kind != EntryKind.DRAWDOWN:
        return None
    payout = payout_rows.of_entry(office.store, visitor.contract_id, seq)
    sending = payout is not None and payout.answered_at is None
    coming = sending and found.row.day > office.business_day()
    return Receipt(found.row, found.posted_at, channel_of(found.row.cause), payout, coming)


def due_today(office: Office, visitor: Visitor) -> tuple[date, int] | None:
    """The next due date and what it asks as things stand today, before money on its way has arrived."""
    return money.next_due(visitor.standing, office.rules.product)


def figures(office: Office, visitor: Visitor, found: Receipt) -> Figures:
    """The contract's figures beside a receipt: now, or as they will be when money on its way has arrived."""
    standing = visitor.standing
    if found.coming:
        standing = money.advance(standing, found.row.day, office.rules.product)
    return offers.figures(office, standing)


def _post(office: Office, visitor: Visitor, made: Offer, key: str) -> Borrowed | Refused:
    on = made.arrival.on
    outcome = posting.draw_within(
        office, visitor.contract_id, made.amount, Channel.TRANSFER, on, key, made.account.number[-4:]
    )
    match outcome:
        case Posted(entry=entry):
            promise = Promise(PayoutKind.DRAWDOWN, visitor.contract_id, entry.seq, key, made.amount, on)
            payouts.promise_within(office, promise, made.account)
            members.account_drawn_to(office.store, visitor.member_id, office.now())
            return Borrowed(entry.seq)
        case posting.NotAllowed(refusal):
            return Denied(refusal)
        case posting.OverLimit(available):
            return TooMuch(available, rules.over_limit(available))
        case posting.WrongUnit(unit):
            return WrongUnit(unit)
        case _:
            raise RuntimeError(f"a drawdown that was checked was not posted: {type(outcome).__name__}")
