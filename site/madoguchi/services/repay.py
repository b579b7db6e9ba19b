"""Repaying: what a payment would do, and payments at a bank's page until the bank has spoken."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.bank_page import Order
from madoguchi.domain.papers import PaperKind
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Arriving, PaymentPreview, Payoff, Standing
from madoguchi.services import books
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import bank_payments
from madoguchi.store.bank_payments import BankPayment

REMEMBERED: Final = timedelta(hours=24)  # how long a payment that the bank is silent about is spoken of
SPOKEN_OF: Final = 3
JUST_NOW: Final = timedelta(minutes=10)  # how long a payment is named before another one
RECEIPT: Final = PaperKind.RECEIPT


@dataclass(frozen=True, slots=True)
class PageBank:
    """A bank at whose page members pay: its four digits and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What could be paid today, in yen.

    `least` is the smallest payment, `wanted` what is asked for first: arrears, else the next due date, else
    all. `waiting` are payments begun lately that no bank has spoken of yet.
    """

    today: date
    standing: Standing
    payoff: Payoff
    due: tuple[date, int] | None
    arriving: Arriving | None
    due_now: int
    least: int
    wanted: int
    waiting: tuple[BankPayment, ...]


@dataclass(frozen=True, slots=True)
class AtBank:
    """A debit at the bank: its due date (shifted), what it may still take, in yen.

    `awaited` once its day is over and the result alone is open.
    """

    on: date
    left: int
    awaited: bool


@dataclass(frozen=True, slots=True)
class NothingOwed:
    """There is no debt to pay."""


@dataclass(frozen=True, slots=True)
class TooSmall:
    """A payment is at least this many yen."""

    least: int


@dataclass(frozen=True, slots=True)
class NotOffered:
    """This bank's page is not offered here."""


@dataclass(frozen=True, slots=True)
class OtherForm:
    """This form began another payment before."""

    first: BankPayment


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment waits for the bank under this key."""

    key: str


Refused = NothingOwed | TooSmall | NotOffered | OtherForm


def outlook(office: Office, contract_id: int, standing: Standing) -> Outlook:
    """Return what could be paid today."""
    today, product = office.business_day(), office.rules.product
    now = counted_to(standing, today, product)
    owed, due = money.payoff(now, today, product), money.next_due(now, product)
    due_now = money.due_now(now, today, product)
    since = office.now() - REMEMBERED
    return Outlook(
        today=today,
        standing=now,
        payoff=owed,
        due=due,
        arriving=money.due_on_arrival(now, product),
        due_now=due_now,
        least=money.smallest_payment(now, today, product),
        wanted=due_now or (due[1] if due else owed.total),
        waiting=tuple(bank_payments.open_since(office.store, contract_id, since, SPOKEN_OF)),
    )


def preview(office: Office, standing: Standing, amount: int) -> PaymentPreview | NothingOwed | TooSmall:
    """Return what a payment valued today would do, to the yen as it would be posted."""
    today, product = office.business_day(), office.rules.product
    now = counted_to(standing, today, product)
    if now.debt == 0:
        return NothingOwed()
    if amount < (least := money.smallest_payment(now, today, product)):
        return TooSmall(least)
    return money.preview_payment(now, today, amount, product)


def debits(office: Office, standing: Standing) -> tuple[AtBank, ...]:
    """The due dates whose debit is at the bank."""
    running = standing.running
    filed = [*standing.pending, *([running] if running and running.debited else [])]
    today = office.business_day()
    return tuple(AtBank(due.day, due.left, due.day < today) for due in filed if due.left)


def just_paid(office: Office, contract_id: int) -> BankPayment | None:
    """The last payment at a bank's page, if it is so fresh that another one may be the same wish."""
    return bank_payments.paid_since(office.store, contract_id, office.now() - JUST_NOW)


def banks(office: Office) -> tuple[PageBank, ...]:
    """The banks at whose page one can pay; none where no way to them is set up."""
    codes = office.rules.bank_pages if office.bank_pages else ()
    return tuple(PageBank(code, bank_name(office, code)) for code in codes)


def bank_name(office: Office, code: str) -> str:
    """What a bank is called in the directory; its code where it is not known."""
    found = office.directory.bank(code) if office.directory else None
    return found.name if found else code


@repeated
def begin(office: Office, contract_id: int, amount: int, bank_code: str, form_key: str) -> Begun | Refused:
    """Begin a payment at a bank's page; a form that is sent twice began one."""
    if bank_code not in {bank.code for bank in banks(office)}:
        return NotOffered()
    with office.store.transaction():
        row = books.hold(office, contract_id)
        if first := bank_payments.by_form(office.store, contract_id, form_key):
            same = (first.amount, first.bank_code) == (amount, bank_code)
            return Begun(first.key) if same else OtherForm(first)
        seen = preview(office, row.standing, amount)
        if isinstance(seen, NothingOwed | TooSmall):
            return seen
        key = secrets.token_hex(16)
        bank_payments.add(office.store, key, contract_id, form_key, bank_code, amount, office.now())
        return Begun(key)


def look(office: Office, contract_id: int, key: str) -> BankPayment | None:
    """Return a payment of this contract; another's key is as unknown as one that was never given."""
    found = bank_payments.by_key(office.store, key)
    return found if found and found.contract_id == contract_id else None


def way_to_bank(office: Office, payment: BankPayment) -> str:
    """Where the member pays a payment that was begun."""
    assert office.bank_pages is not None, "a payment begins only where there is a way to banks"
    return office.bank_pages.address(Order(payment.key, payment.bank_code, payment.amount))
