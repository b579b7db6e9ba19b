"""What all files to banks share: whose they are, the accounts in them, their first and last record."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import zengin
from madoguchi.domain.zengin import Record, fixed, number, spaces, text

END: Final = zengin.record(fixed("record", "9"), spaces(119))
MOST: Final = 999_999  # lines in a file: what the trailer's count holds


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account: codes as digits, names in bank kana (they may be empty), kind 1, 2, 3, 4 or 9."""

    bank: str
    branch: str
    kind: int
    number: str
    bank_name: str = ""
    branch_name: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is: the code that the bank gave, the name in bank kana, and the owner's account."""

    code: str
    name: str
    account: Account


def header(kind: str) -> Record:
    """Return the first record of files of a kind, 21 for transfers and 91 for debits."""
    return zengin.record(
        fixed("record", "1"), fixed("type", kind), fixed("code", "0"), number("owner", 10),
        text("owner_name", 40), number("month_day", 4), number("bank", 4), text("bank_name", 15),
        number("branch", 3), text("branch_name", 15), number("kind", 1), number("number", 7), spaces(17),
    )  # fmt: skip


def header_line(layout: Record, owner: Owner, on: date) -> bytes:
    """Return the first line of an owner's file for a day; the year stands in no file."""
    values = {"owner": owner.code, "owner_name": owner.name, "month_day": f"{on:%m%d}"}
    return zengin.write(layout, values | account_values(owner.account))


def account_values(account: Account) -> dict[str, str | int]:
    """Return what records say of an account, by the names of their fields."""
    return {
        "bank": account.bank,
        "bank_name": account.bank_name,
        "branch": account.branch,
        "branch_name": account.branch_name,
        "kind": account.kind,
        "number": account.number,
    }
