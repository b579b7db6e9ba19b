"""The account that money is sent to: banks and branches looked up, and another account in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.ports.banks import Place
from madoguchi.services import details, letters, mandates
from madoguchi.services.account_check import directory_of, names_of
from madoguchi.services.cases import MEMBER
from madoguchi.services.details import Detail, Unchanged
from madoguchi.services.mandates import KINDS, Named
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor
from madoguchi.store import accounts, members
from madoguchi.store.accounts import Account
from madoguchi.store.details import Value
from madoguchi.store.mandates import Account as Written

MOST: Final = 12  # places that a search names


@dataclass(frozen=True, slots=True)
class Seen:
    """The present account in words with its moment of opening, and the mandates, which keep their own.

    `opens` is from when a changed account receives money, None when it does so now.
    """

    account: Account | None
    bank: str
    branch: str
    kind: str
    opens: datetime | None
    debited: Named | None


@dataclass(frozen=True, slots=True)
class Places:
    """Banks, and branches of the one that is meant, that were found for some words, MOST at most of each."""

    banks: Sequence[Place]
    bank: Place | None
    branches: Sequence[Place]
    branch: Place | None


@dataclass(frozen=True, slots=True)
class Changed:
    """The account is in place; it receives money from a moment on."""

    opens: datetime


def look(office: Office, visitor: Visitor) -> Seen:
    """What a member's page shows."""
    account = accounts.present(office.store, visitor.member_id)
    found = mandates.look(office, visitor.contract_id)
    if account is None:
        return Seen(None, "", "", "", None, found.active)
    opens = account.since + _wait(office) if account.changed else None
    kept = opens if opens and opens > office.now() else None
    names = names_of(office, account.bank_code, account.branch_code)
    return Seen(account, *names, KINDS[account.kind], kept, found.active)


def search(office: Office, bank: str, branch: str, picked: tuple[str, str] = ("", "")) -> Places:
    """Find banks and branches by words or code; codes that were picked count where they are among them."""
    directory = directory_of(office)
    coded = directory.bank(bank)
    banks = [coded] if coded else directory.banks_called(bank, MOST)
    one = _meant(banks, picked[0])
    if one is None or not branch:
        return Places(banks, one, (), None)
    coded = directory.branch(one.code, branch)
    branches = [coded] if coded else directory.branches_called(one.code, branch, MOST)
    return Places(banks, one, branches, _meant(branches, picked[1]))


def change(office: Office, member_id: int, account: Written, by_whom: str = MEMBER) -> Changed | Unchanged:
    """Put a checked account in the place of the present one; money promised to that one still goes there.

    Borrowing and giving back hold the member first as well, so each goes wholly to one of the two.
    """
    with office.store.transaction():
        accounts.hold_member(office.store, member_id)
        now, old = office.now(), accounts.present(office.store, member_id)
        was = _told(old)
        became: dict[str, Value] = asdict(account)
        if was == became:
            return Unchanged()
        accounts.end_present(office.store, member_id, now)
        row = (account.bank_code, account.branch_code, account.kind, account.number, account.holder_kana)
        accounts.mark_put_in(office.store, members.add_account(office.store, member_id, row, now))
        details.note_within(office, member_id, Detail.ACCOUNT, was, became, by_whom)
        opens = now + _wait(office)
        facts: dict[str, letters.Fact] = {"at": now, "account": in_words(office, became), "opens": opens}
        letters.write(office, Kind.BANK_ACCOUNT_CHANGED, facts, member_id=member_id, now=now)
        return Changed(opens)


def in_words(office: Office, account: dict[str, Value]) -> str:
    """An account of the history as pages and letters name it, "" for none; of its number only the end."""
    if not account:
        return ""
    bank, branch = names_of(office, str(account["bank_code"]), str(account["branch_code"]))
    return f"{bank} {branch} 口座番号の末尾{str(account['number'])[-3:]}"


def _meant(found: Sequence[Place], picked: str) -> Place | None:
    if len(found) == 1:
        return found[0]
    return next((place for place in found if place.code == picked), None)


def _told(account: Account | None) -> dict[str, Value]:
    if account is None:
        return {}
    names = ("bank_code", "branch_code", "kind", "number", "holder_kana")
    return {name: getattr(account, name) for name in names}


def _wait(office: Office) -> timedelta:
    return timedelta(hours=office.rules.payouts.changed_account_hours)
