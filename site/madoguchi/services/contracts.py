"""Opening a contract, and agreeing on other terms: rows that are dated and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from madoguchi.domain import standing as money
from madoguchi.domain.documents import DocumentKind
from madoguchi.domain.product import rate_for_limit
from madoguchi.domain.rates import legal_cap
from madoguchi.domain.rights import State
from madoguchi.domain.standing import Standing
from madoguchi.services import books, documents
from madoguchi.services.books import Backdated
from madoguchi.services.office import Office
from madoguchi.store import credentials, members, sessions, states, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.members import NewMember
from madoguchi.store.terms import Term

LIMIT_CAUSE = "limit"  # a rate that came with a change of the limit


@dataclass(frozen=True, slots=True)
class Card:
    """A card's number, digits alone, and the hash of its PIN (None until one is set)."""

    number: str
    pin_hash: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """The new member and contract."""

    member_id: int
    contract_id: int


@dataclass(frozen=True, slots=True)
class NumberTaken:
    """The member number is in use already."""

    number: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """The terms that now stand; `changed` is False when they stood already."""

    standing: Standing
    changed: bool


@dataclass(frozen=True, slots=True)
class AboveCap:
    """The law allows no more than this rate for the contract's limit."""

    cap: int


@dataclass(frozen=True, slots=True)
class StillOwing:
    """A contract closes only at exact zero; this many yen are owed (or on their way) or on deposit."""

    debt: int
    deposit: int


def open_contract(
    office: Office,
    member: NewMember,
    limit: int,
    due_day: int,
    card: Card,
    *,
    rate: int | None = None,
    account: tuple[str, str, int, str, str] | None = None,
) -> Opened | NumberTaken:
    """Make a member with a first contract today; without a rate it gets the lender's for its limit."""
    now, on = office.now(), office.business_day()
    standing = Standing.opened(limit, rate or rate_for_limit(office.rules.product, limit), due_day, on)
    with office.store.transaction():
        if members.number_taken(office.store, member.number):
            return NumberTaken(member.number)
        member_id = members.add(office.store, member, now)
        contract_id = members.add_contract(office.store, member_id, on, standing)
        agreed = (
            (terms.LIMIT, limit),
            (terms.RATE, standing.rate),
            (terms.DUE_DAY, due_day),
            (terms.FIRST_CONTRACT, int(standing.first_contract)),
        )
        opening = [Term(contract_id, 0, kind, on, value, "opened") for kind, value in agreed]
        terms.append(office.store, opening, now)
        credentials.add_card(office.store, contract_id, card.number, card.pin_hash, now)
        if account:
            members.add_account(office.store, member_id, account, now)
        documents.issue_within(office, contract_id, DocumentKind.CONTRACT)
    return Opened(member_id, contract_id)


def give_web_id(office: Office, member_id: int, web_id: str, password_hash: str) -> None:
    """Register a Web-ID whose form was checked, replacing an old one."""
    with office.store.transaction():
        credentials.set_web_id(office.store, member_id, web_id, password_hash, office.now())


def note_drawn_to(office: Office, member_id: int, at: datetime) -> None:
    """Note that money went to the member's account, which makes it a known one."""
    with office.store.transaction():
        members.account_drawn_to(office.store, member_id, at)


def change_rate(office: Office, contract_id: int, rate: int, cause: str) -> Agreed | AboveCap | Backdated:
    """Agree on another rate today; it works from tomorrow. AboveCap when the law forbids it."""
    with office.store.transaction():
        row, on = today_within(office, contract_id)
        if isinstance(row, Backdated):
            return row
        if rate > (cap := legal_cap(row.standing.limit)):
            return AboveCap(cap)
        if rate == row.standing.rate:
            return Agreed(row.standing, changed=False)
        after = money.change_rate(row.standing, on, rate)
        return _agree(office, row, after, on, [(terms.RATE, rate, cause)])


def change_limit(office: Office, contract_id: int, limit: int, cause: str) -> Agreed | Backdated:
    """Set the credit limit today; a raise into a lower band or cap lowers the rate from tomorrow."""
    with office.store.transaction():
        return change_limit_within(office, contract_id, limit, cause)


def change_limit_within(office: Office, contract_id: int, limit: int, cause: str) -> Agreed | Backdated:
    """Set the credit limit as `change_limit` does, inside an act that is open."""
    row, on = today_within(office, contract_id)
    if isinstance(row, Backdated):
        return row
    if limit == row.standing.limit:
        return Agreed(row.standing, changed=False)
    after = money.change_limit(row.standing, on, limit, office.rules.product)
    facts = [(terms.LIMIT, limit, cause), (terms.RATE, after.rate, LIMIT_CAUSE)]
    return _agree(office, row, after, on, facts)


def change_due_day(office: Office, contract_id: int, due_day: int, cause: str) -> Agreed | Backdated:
    """Ask for another due day, after the running due date; ValueError for one that is not offered."""
    with office.store.transaction():
        return change_due_day_within(office, contract_id, due_day, cause)


def change_due_day_within(office: Office, contract_id: int, due_day: int, cause: str) -> Agreed | Backdated:
    """Ask for another due day as `change_due_day` does, inside an act that is open."""
    row, on = today_within(office, contract_id)
    if isinstance(row, Backdated):
        return row
    after = money.change_due_day(row.standing, on, due_day, office.rules.product)
    return _agree(office, row, after, on, [(terms.DUE_DAY, due_day, cause)])


def add_free_days_within(office: Office, contract_id: int, days: int, cause: str) -> Agreed | Backdated:
    """Add interest-free days from tomorrow, or behind those that run, inside an act that is open."""
    row, on = today_within(office, contract_id)
    if isinstance(row, Backdated):
        return row
    after = money.add_free_period(row.standing, on, days, office.rules.product)
    return _agree(office, row, after, on, [(terms.FREE_DAYS, days, cause)])


def close_contract(
    office: Office, contract_id: int, why: str, by_whom: str
) -> ContractRow | StillOwing | Backdated:
    """End a contract today, at exact zero."""
    with office.store.transaction():
        return close_within(office, contract_id, why, by_whom)


def close_within(
    office: Office, contract_id: int, why: str, by_whom: str, session_key: str = ""
) -> ContractRow | StillOwing | Backdated:
    """End a contract as `close_contract` does, inside an act that is open.

    The session of `session_key` goes on, with what a closed contract may: its member is looking at the page.
    """
    row, on = today_within(office, contract_id)
    if isinstance(row, Backdated):
        return row
    owed = row.standing.debt + row.standing.balance - row.standing.principal
    if owed or row.standing.deposit:
        return StillOwing(owed, row.standing.deposit)
    states.close(office.store, contract_id, on, why)
    states.begin(office.store, contract_id, State.CLOSED, office.now(), why, by_whom)
    # What may still be seen is asked for by signing in anew.
    sessions.end_all(office.store, row.member_id, session_key)
    return row


def suspend(office: Office, contract_id: int, reason: str, by_whom: str) -> None:
    """Stop borrowing and applications by the lender's decision; seeing and repaying go on."""
    with office.store.transaction():
        books.hold(office, contract_id)
        states.begin(office.store, contract_id, State.SUSPENDED, office.now(), reason, by_whom)


def today_within(office: Office, contract_id: int) -> tuple[ContractRow | Backdated, date]:
    """The contract held inside an act that is open, with its days counted up to today."""
    on = office.business_day()
    row = books.hold(office, contract_id)
    counted_to = row.standing.accrued_to
    if counted_to and on < counted_to:
        return Backdated(counted_to), on
    return books.caught_up(office, row, on), on


def _agree(
    office: Office, row: ContractRow, after: Standing, on: date, facts: Sequence[tuple[str, int, str]]
) -> Agreed:
    rows = [Term(row.id, row.last_seq, kind, on, value, cause) for kind, value, cause in facts]
    terms.append(office.store, rows, office.now())
    books.keep(office, replace(row, standing=after))
    documents.issue_within(office, row.id, DocumentKind.CONTRACT)
    return Agreed(after, changed=True)
