"""This lender as frozen dataclasses; lender/ reads them from lender.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from madoguchi.domain.applications import ApplicationRules
from madoguchi.domain.atm import AtmRules
from madoguchi.domain.attack import AttackRules
from madoguchi.domain.bank_file import Owner
from madoguchi.domain.case_kinds import DeskRules
from madoguchi.domain.codes import CodeRules, Level
from madoguchi.domain.dormant import DormantRules
from madoguchi.domain.hours import Hours
from madoguchi.domain.keeping import ContractRules, RetentionRules
from madoguchi.domain.lockout import LockRules
from madoguchi.domain.maintenance import Maintenance
from madoguchi.domain.passwords import PasswordRules
from madoguchi.domain.points import PointRules
from madoguchi.domain.product import Product
from madoguchi.domain.quiet import LetterRules
from madoguchi.domain.uploads import UploadRules


@dataclass(frozen=True, slots=True)
class Brand:
    """Who the lender is, as every page's header and footer say."""

    name: str
    company: str
    fictional: bool
    postcode: str
    address: str
    registration: str
    association: str
    adr: str
    adr_phone: str
    caution: str


@dataclass(frozen=True, slots=True)
class Phone:
    """The telephone and when it is answered."""

    number: str
    note: str
    hours: Hours
    always: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ways in, how long a browser stays known, and when the second step is asked.

    `second_step` is what the site asks of everybody (off: only what a member chose); a browser that was told
    to be trusted is not asked for `trust_days`; a second step holds `step_up_minutes` for sensitive acts.
    """

    member_number: bool
    card_digits: tuple[int, ...]
    device_days: int
    second_step: Level
    trust_days: int
    step_up_minutes: int


@dataclass(frozen=True, slots=True)
class Throttle:
    """Failed attempts allowed from one address, and from its block, a minute and an hour."""

    address_minute: int
    address_hour: int
    block_minute: int
    block_hour: int


@dataclass(frozen=True, slots=True)
class LinkRules:
    """How long a one-time link works, and how many letters with one go out.

    `apart_seconds` and `hour` count the links of one member that were not used: whoever uses one wants it.
    """

    minutes: int
    apart_seconds: int
    hour: int
    day: int
    site_hour: int


@dataclass(frozen=True, slots=True)
class SessionRules:
    """When a session ends, and how long before that the page says so."""

    idle_minutes: int
    absolute_hours: int
    warn_minutes: int


@dataclass(frozen=True, slots=True)
class LendingTerms:
    """What the law wants to be read before a contract, besides the product's own figures."""

    limit_lowest: int
    limit_highest: int
    purposes: str
    who: str
    term: str
    security: str


@dataclass(frozen=True, slots=True)
class TransferAccount:
    """Where members pay by bank transfer."""

    bank: str
    branch: str
    kind: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class BankFiles:
    """What goes to the lender's own bank as files: whose they are, and how lines end (CR LF or nothing).

    `debits` and `transfers` hold the code that the bank gave for each kind of file.
    """

    debits: Owner
    transfers: Owner
    line_end: bytes


@dataclass(frozen=True, slots=True)
class DebitRules:
    """Direct debits: how many business days before a due date its file is made, and results take at most."""

    days_before: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class PayoutRules:
    """When money that is sent arrives: `hours` are those of banks that do not work around the clock.

    An account that was changed receives nothing for `changed_account_hours`.
    """

    hours: Hours
    changed_account_hours: int


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """Documents that members ask for: how many of one contract are issued in 24 hours."""

    a_day: int


@dataclass(frozen=True, slots=True)
class BankRule:
    """What is known of a bank by its four digits; `name` is "" where the directory of banks says it."""

    code: str
    name: str
    around_the_clock: bool


@dataclass(frozen=True, slots=True)
class MessageRules:
    """Messages to the desk: the most letters of one, and the most of a member in a day."""

    longest: int
    day: int


@dataclass(frozen=True, slots=True)
class LostCardRules:
    """How often somebody may report by one member number or telephone number, an hour and a day."""

    hour: int
    day: int


@dataclass(frozen=True, slots=True)
class ContactRules:
    """Letters that an inquiry came: the most to one address in a day, and to all in an hour."""

    address_day: int
    site_hour: int


@dataclass(frozen=True, slots=True)
class Rules:
    """This lender."""

    brand: Brand
    phone: Phone
    web_questions: Hours
    sign_in: SignIn
    locks: LockRules
    throttle: Throttle
    attack: AttackRules
    password: PasswordRules
    links: LinkRules
    codes: CodeRules
    session: SessionRules
    product: Product
    lending_terms: LendingTerms
    transfer: TransferAccount
    bank_files: BankFiles
    debit: DebitRules
    bank_pages: tuple[str, ...]  # codes of the banks at whose pages members pay
    payouts: PayoutRules
    banks: Mapping[str, BankRule]
    atm: AtmRules
    letters: LetterRules
    points: PointRules
    uploads: UploadRules
    applications: ApplicationRules
    dormant: DormantRules
    messages: MessageRules
    contact: ContactRules
    documents: DocumentRules
    maintenance: Maintenance
    lost_card: LostCardRules
    contracts: ContractRules
    retention: RetentionRules
    desk: DeskRules
