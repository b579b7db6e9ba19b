"""What every act needs at hand: the books, the lender's rules and the ports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import RLock
from typing import Any

from madoguchi.domain.letters import Channel
from madoguchi.ports import (
    Authenticator,
    Carrier,
    Clock,
    Hasher,
    Mailbox,
    MovableClock,
    Passkeys,
    PasswordList,
    Press,
    Vault,
    business_date,
)
from madoguchi.ports.atm import Seal
from madoguchi.ports.backups import Backups
from madoguchi.ports.bank import Bank, Books, PlayBank
from madoguchi.ports.bank_page import BankPages, PlayedBankPage
from madoguchi.ports.banks import BankDirectory
from madoguchi.ports.debit import DebitBank, PlayDebits
from madoguchi.ports.feeds import Feeds
from madoguchi.ports.machine import Machine
from madoguchi.ports.paper import Printer
from madoguchi.ports.postcodes import Postcodes
from madoguchi.ports.shelf import Inspector, Shelf
from madoguchi.ports.transfer_files import TransferFiles
from madoguchi.rules import Rules
from madoguchi.store.db import Store


@dataclass(frozen=True, slots=True)
class Office:
    """Handed to each service; made once by adapters/wiring.py."""

    store: Store
    rules: Rules
    clock: Clock
    hasher: Hasher
    secret: bytes  # keys of sessions, CSRF tokens and blind indexes are derived from it
    passwords: PasswordList
    factors: Factors
    demo: Demo | None = None
    post: Post | None = None  # None where letters are written but sent by nobody
    alone: AbstractContextManager[Any] = field(
        default_factory=RLock
    )  # one round at a time; may be entered again
    bank: Bank | None = None  # None where money is promised but sent by nobody
    atm: Seal | None = None  # None where no ATM network is connected
    printer: Printer | None = None  # None where no member is answered: jobs print no papers
    bank_pages: BankPages | None = None  # None where there is no way to banks: the page says so
    directory: BankDirectory | None = None  # None where nobody names banks
    debits: DebitBank | None = None  # None where nobody is debited
    feeds: Feeds | None = None  # None where nobody looks: jobs have no status page
    transfers: TransferFiles | None = None  # None where the bank is not reached by files
    postcodes: Postcodes | None = None  # None where addresses are typed whole
    shelf: Shelf | None = None  # None where no member sends files; so is the next
    inspector: Inspector | None = None
    bank_books: Books | None = None  # None where the bank's side cannot be looked over
    bank_elsewhere: bool = False  # another machine on these books has the bank's files, and does all of it
    backups: Backups | None = None  # None in tests that make none
    machine: Machine | None = None  # None where nobody asks how the machine is
    old_secrets: tuple[bytes, ...] = ()  # what `secret` was before: believed, never used anew

    def now(self) -> datetime:
        """The moment now, aware, UTC."""
        return self.clock.now()

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """All secrets whose marks are believed, the one that makes new marks first."""
        return (self.secret, *self.old_secrets)

    def business_day(self) -> date:
        """The day now in Japan."""
        return business_date(self.clock)


@dataclass(frozen=True, slots=True)
class Factors:
    """What the second step needs besides letters."""

    vault: Vault
    authenticator: Authenticator
    passkeys: Passkeys


@dataclass(frozen=True, slots=True)
class Demo:
    """What only the demo has: its own clock to move, and clocks for making its past."""

    clock: MovableClock
    past: Callable[[datetime], MovableClock]
    mailbox: Mailbox | None = None
    bank: PlayBank | None = None
    qr: Callable[[str], bytes] | None = None  # what the demo's ATM shows on its screen, as SVG
    bank_page: PlayedBankPage | None = None
    debits: PlayDebits | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave the house: who prints them, and who carries each channel that is set up."""

    press: Press
    carriers: Mapping[Channel, Carrier]
