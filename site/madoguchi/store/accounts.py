"""The member's bank account, to which money is sent, and what the law wants to be known before lending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_PRESENT: Final = (
    "SELECT id, bank_code, branch_code, kind, number, holder_kana, since, drawn_to_at, "
    "put_in = 1 OR "
    "EXISTS (SELECT 1 FROM bank_account b WHERE b.member_id = a.member_id AND b.ended_at IS NOT NULL) "
    "FROM bank_account a WHERE member_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1"
)
# What a member owes elsewhere: as stated for other lenders, as it stands for other contracts with us.
# An income that is stated and not checked counts only where it is less than the checked one.
_MEANS: Final = (
    "SELECT CASE WHEN income_stated > 0 AND income_stated < annual_income THEN income_stated "
    "ELSE annual_income END, other_debts + (SELECT COALESCE(SUM(principal), 0) FROM contract "
    "WHERE member_id = m.id AND id <> ?) FROM member m WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account; `changed` when it came later than the contract, `drawn_to_at` when last drawn to."""

    id: int
    bank_code: str
    branch_code: str
    kind: int
    number: str
    holder_kana: str
    since: datetime
    drawn_to_at: datetime | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Means:
    """A member's yearly income and what is owed beside one contract, in yen; an income of 0 is not known."""

    annual_income: int
    other_debts: int


def present(store: Store, member_id: int) -> Account | None:
    """The account that money is sent to now."""
    row = store.one(_PRESENT, (member_id,))
    if row is None:
        return None
    key, bank, branch, kind, number, holder, since, drawn_to_at, changed = row
    at, drawn = moment_in(since), moment_in(drawn_to_at)
    return Account(key, bank, branch, kind, number, holder, at, drawn, bool(changed))


def means(store: Store, member_id: int, contract_id: int) -> Means:
    """What a member earns, and owes beside this contract."""
    row = store.one(_MEANS, (contract_id, member_id))
    return Means(*row) if row else Means(0, 0)


def end_present(store: Store, member_id: int, at: datetime) -> None:
    """End the account that money is sent to now; what was promised to it goes there all the same."""
    store.write(
        "UPDATE bank_account SET ended_at = ? WHERE member_id = ? AND ended_at IS NULL",
        (moment_out(at), member_id),
    )


def mark_put_in(store: Store, account_id: int) -> None:
    """Note that an account came after the contract was opened."""
    store.write("UPDATE bank_account SET put_in = 1 WHERE id = ?", (account_id,))


def hold_member(store: Store, member_id: int) -> None:
    """Hold a member until the act ends: before the contract, so that two contracts do not borrow at once."""
    store.one(store.locked("SELECT id FROM member WHERE id = ?"), (member_id,))
