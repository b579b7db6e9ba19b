"""A member's mandate for direct debits: the wish, the bank's answer, the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.ports.debit import MandateWish, Word
from madoguchi.services import books, letters
from madoguchi.services.account_check import names_of
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import mandates
from madoguchi.store.mandates import Account, Mandate

FEW: Final = 20  # wishes the bank is asked about in one call
ASK_AGAIN: Final = timedelta(minutes=10)
KEPT: Final = 5  # past mandates that a page shows

# Why a mandate ended, in a word that is kept.
REPLACED, BY_MEMBER, BY_BANK = "replaced", "member", "bank"  # the bank's with the result's code behind it

KINDS: Final = {1: "普通", 2: "当座"}  # of accounts


@dataclass(frozen=True, slots=True)
class Named:
    """A mandate with the names of its bank and branch."""

    mandate: Mandate
    bank: str
    branch: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A contract's mandates: the one that works, the one the bank is asked about, the last that is over.

    `over` are all that are over, the newest first.
    """

    active: Named | None
    asked: Named | None
    last: Named | None
    over: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A mandate that waits for the bank's answer, and whose it is."""

    named: Named
    member_number: str
    name_kana: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The wish is written; `repeated` when the very same one was there already."""

    mandate: Mandate
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """There is no such mandate, or it is over or answered already."""


def look(office: Office, contract_id: int) -> Seen:
    """The mandates of a contract, by name."""
    found = mandates.newest(office.store, contract_id, KEPT)

    def one(*states: str) -> Named | None:
        return next((named(office, mandate) for mandate in found if mandate.state in states), None)

    over = tuple(named(office, one) for one in found if one.state in (mandates.DECLINED, mandates.ENDED))
    return Seen(one(mandates.ACTIVE), one(mandates.ASKED), over[0] if over else None, over)


def working(office: Office, contract_id: int) -> Mandate | None:
    """The mandate by which a contract is debited now."""
    return mandates.in_state(office.store, contract_id, mandates.ACTIVE)


def named(office: Office, mandate: Mandate) -> Named:
    """A mandate with names, or with codes where the directory has none."""
    return Named(mandate, *names_of(office, mandate.account.bank_code, mandate.account.branch_code))


def ask_for(office: Office, contract_id: int, account: Account) -> Asked:
    """Write the wish that an account be debited; a wish that waits for another account gives way to it."""
    with office.store.transaction():
        row = books.hold(office, contract_id)
        now = office.now()
        for state in (mandates.ASKED, mandates.ACTIVE):
            if (there := mandates.in_state(office.store, row.id, state)) and there.account == account:
                return Asked(there, repeated=True)
        if waits := mandates.in_state(office.store, row.id, mandates.ASKED):
            mandates.ended(office.store, waits.id, now, REPLACED)
        made = mandates.read(office.store, mandates.add(office.store, row.id, account, now))
        assert made is not None, "it was written a moment ago"
        return Asked(made)


def enter(office: Office, contract_id: int, account: Account) -> Mandate:
    """Enter a mandate that was signed on paper and that the bank has agreed to: it works at once."""
    with office.store.transaction():
        row = books.hold(office, contract_id)
        now = office.now()
        if old := mandates.in_state(office.store, row.id, mandates.ACTIVE):
            mandates.ended(office.store, old.id, now, REPLACED)
        key = mandates.add(office.store, row.id, account, now)
        mandates.answered(office.store, key, mandates.ACTIVE, now)
        made = mandates.read(office.store, key)
        assert made is not None, "it was written a moment ago"
        return made


def ask_bank(office: Office) -> int:
    """Ask the bank about wishes that wait; returns about how many. The bank is asked outside of any act."""
    if office.debits is None:
        return 0
    found = mandates.waiting(office.store, office.now(), FEW)
    for mandate in found:
        account = mandate.account
        wish = MandateWish(
            f"mandate-{mandate.id}", account.bank_code, account.branch_code, account.kind, account.number,
            account.holder_kana,
        )  # fmt: skip
        answer(office, mandate.id, office.debits.register(wish))
    return len(found)


def wishes(office: Office) -> list[Wish]:
    """All that wait for the bank's answer, the oldest first."""
    return [
        Wish(named(office, one), number, kana) for one, number, kana in mandates.open_wishes(office.store)
    ]


def asked(office: Office) -> int:
    """How many wait for the bank's answer."""
    return mandates.count_wishes(office.store)


@repeated
def answer(office: Office, mandate_id: int, word: Word) -> Mandate | NothingOpen:
    """Take in the bank's word about a wish, and tell the member a yes or a no."""
    with office.store.transaction():
        found = mandates.read(office.store, mandate_id)
        if found is None:
            return NothingOpen()
        row = books.hold(office, found.contract_id)
        found = mandates.read(office.store, mandate_id)  # as it is now that the contract is held
        if found is None or found.state != mandates.ASKED:
            return NothingOpen()
        now = office.now()
        if word is Word.WAITING:
            mandates.ask_again(office.store, found.id, now + ASK_AGAIN)
            return found
        if word is Word.AGREED and (old := mandates.in_state(office.store, row.id, mandates.ACTIVE)):
            mandates.ended(office.store, old.id, now, REPLACED)
        state = mandates.ACTIVE if word is Word.AGREED else mandates.DECLINED
        mandates.answered(office.store, found.id, state, now)
        _tell(office, row.member_id, named(office, found), word)
        return mandates.read(office.store, found.id) or NothingOpen()


def withdraw(office: Office, contract_id: int, mandate_id: int) -> Mandate | NothingOpen:
    """End a contract's mandate or wish by the member's will; a debit that is at the bank goes on."""
    with office.store.transaction():
        row = books.hold(office, contract_id)
        found = mandates.read(office.store, mandate_id)
        if (
            found is None
            or found.contract_id != row.id
            or found.state not in (mandates.ASKED, mandates.ACTIVE)
        ):
            return NothingOpen()
        mandates.ended(office.store, found.id, office.now(), BY_MEMBER)
        facts: dict[str, letters.Fact] = {"at": office.now(), "account": in_words(named(office, found))}
        letters.write(office, Kind.MANDATE_ENDED, facts, member_id=row.member_id)
        return found


def in_words(one: Named) -> str:
    """An account as letters and pages name it; of its number only the end."""
    return f"{one.bank} {one.branch} 口座番号の末尾{one.mandate.account.number[-3:]}"


def _tell(office: Office, member_id: int, one: Named, word: Word) -> None:
    facts: dict[str, letters.Fact] = {"at": office.now(), "account": in_words(one)}
    kind = Kind.MANDATE_AGREED if word is Word.AGREED else Kind.MANDATE_DECLINED
    letters.write(office, kind, facts, member_id=member_id)
