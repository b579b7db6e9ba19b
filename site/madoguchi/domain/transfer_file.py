"""The file of 総合振込 (code 21): transfers out of the lender's account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import bank_file, zengin
from madoguchi.domain.bank_file import END, MOST, Account, Owner
from madoguchi.domain.money import Yen
from madoguchi.domain.zengin import LINE_END, fixed, number, spaces, text

HEADER: Final = bank_file.header("21")
DATA: Final = zengin.record(
    fixed("record", "2"), number("bank", 4), text("bank_name", 15), number("branch", 3),
    text("branch_name", 15), fixed("clearing", "0000"), number("kind", 1), number("number", 7),
    text("receiver", 30), number("amount", 10), number("new", 1), number("customer", 10),
    number("reference", 10), fixed("telegraphic", "7"), spaces(1), spaces(7),
)  # fmt: skip
TRAILER: Final = zengin.record(fixed("record", "8"), number("count", 6), number("total", 12), spaces(101))


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer in yen; customer and reference are our own numbers, `new` is 1 the first time, else 0."""

    account: Account
    receiver: str
    amount: Yen
    customer: int = 0
    reference: int = 0
    new: int = 0


def request(sender: Owner, on: date, transfers: Sequence[Transfer], line_end: bytes = LINE_END) -> bytes:
    """Return the file that asks the bank for transfers on a day; ValueError for what it cannot hold."""
    if len(transfers) > MOST:
        raise ValueError(f"a file holds {MOST} transfers, not {len(transfers)}")
    totals = {"count": len(transfers), "total": sum(one.amount for one in transfers)}
    return zengin.join(
        (
            bank_file.header_line(HEADER, sender, on),
            *map(_row, transfers),
            zengin.write(TRAILER, totals),
            zengin.write(END, {}),
        ),
        line_end,
    )


def _row(one: Transfer) -> bytes:
    mine: dict[str, str | int] = {"receiver": one.receiver, "amount": one.amount, "new": one.new}
    numbers = {"customer": one.customer, "reference": one.reference}
    return zengin.write(DATA, bank_file.account_values(one.account) | mine | numbers)
