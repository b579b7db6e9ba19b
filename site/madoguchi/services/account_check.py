"""A bank account as a member writes it down: which one that is, and whether bank files can carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from madoguchi.domain.kana import KanaError, bank_kana, same_name
from madoguchi.domain.widths import is_digits
from madoguchi.ports.banks import BankDirectory, Place
from madoguchi.services.office import Office
from madoguchi.store import members
from madoguchi.store.mandates import Account

CANDIDATES: Final = 5


@dataclass(frozen=True, slots=True)
class Written:
    """What a member wrote: bank and branch by code or name, kind 1 or 2, seven digits, the holder in kana."""

    bank: str
    branch: str
    kind: int
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The account that this is, with the names a member knows it by."""

    account: Account
    bank: Place
    branch: Place


@dataclass(frozen=True, slots=True)
class NoSuchBank:
    """No bank has this code or name, or several have when they are named."""

    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSuchBranch:
    """No branch of the bank has this code or name, or several have when they are named."""

    bank: Place
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncarried:
    """The holder's name has a letter that no bank file can carry, or is empty."""

    letter: str


@dataclass(frozen=True, slots=True)
class NotOwn:
    """The account is in another name than the member's."""


Fault = NoSuchBank | NoSuchBranch | Uncarried | NotOwn


def check(office: Office, member_id: int, written: Written) -> Checked | Fault:
    """Find the account that a member means; it has to be in the member's own name."""
    return check_for(office, holder_of(office, member_id), written)


def check_for(office: Office, own: str, written: Written) -> Checked | Fault:
    """The same for somebody whose name in kana is `own`."""
    directory = directory_of(office)
    banks = directory.banks_called(written.bank, CANDIDATES)
    bank = directory.bank(written.bank) or _only(banks, written.bank)
    if bank is None:
        return NoSuchBank(tuple(banks))
    branches = directory.branches_called(bank.code, written.branch, CANDIDATES)
    branch = directory.branch(bank.code, written.branch) or _only(branches, written.branch)
    if branch is None:
        return NoSuchBranch(bank, tuple(branches))
    try:
        holder = bank_kana(written.holder)
    except KanaError as fault:
        return Uncarried(fault.letter)
    if not _is_own(written.holder, own):
        return NotOwn()
    return Checked(Account(bank.code, branch.code, written.kind, written.number, holder), bank, branch)


def names_of(office: Office, bank: str, branch: str) -> tuple[str, str]:
    """The names of a bank and its branch by their codes, or the codes in words where nobody knows a name."""
    directory = directory_of(office)
    at, place = directory.bank(bank), directory.branch(bank, branch)
    return at.name if at else f"銀行コード{bank}", place.name if place else f"支店{branch}"


def holder_of(office: Office, member_id: int) -> str:
    """The member's name in kana as an account can have it: a ・, which no file carries, is a space."""
    return members.kana_of(office.store, member_id).replace("・", " ")


def directory_of(office: Office) -> BankDirectory:
    """The list of banks; whoever deals with accounts has one."""
    assert office.directory is not None, "an office that names banks has their directory"
    return office.directory


def _only(places: Sequence[Place], words: str) -> Place | None:
    """The one place of this name; a code that nobody has is no name."""
    return places[0] if len(places) == 1 and not is_digits(words) else None


def _is_own(holder: str, own: str) -> bool:
    try:
        return same_name(holder, own)
    except KanaError:  # the member's own name is one that no bank could write
        return False
