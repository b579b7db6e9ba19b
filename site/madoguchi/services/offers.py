"""What a drawdown to the bank account would do, and the key that takes exactly this offer.

The key is sealed over every figure that the page shows: when any of them has changed meanwhile, or when the
second step that had to come first was not passed in this session, it fits no more.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import borrowing as rules
from madoguchi.domain import standing as money
from madoguchi.domain.rights import Refusal
from madoguchi.domain.simulation import Schedule, simulate
from madoguchi.domain.standing import Standing
from madoguchi.ports import JAPAN
from madoguchi.services import step_up
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor, key_of
from madoguchi.store import accounts
from madoguchi.store.accounts import Account, Means

NONCE_BYTES: Final = 12
SEAL_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Arrival:
    """The day on which the money arrives, and whether within minutes."""

    on: date
    at_once: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """A contract's figures in yen; `minimum` is the monthly one, `due` what is asked next."""

    balance: int
    available: int
    minimum: int
    due: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a drawdown would do, as it will be posted; the key takes this offer and no other.

    `minimum` is what is asked each month from then on, in yen, `made_on` the day of the offer.
    """

    amount: int
    account: Account
    arrival: Arrival
    before: Figures
    after: Figures
    rate: int
    minimum: int
    made_on: date
    free_ahead: bool
    key: str = ""

    @property
    def cost(self) -> Schedule | None:
        """What paying only minimums comes to, by the month's convention of the simulators.

        None where that takes longer than is reckoned. It leaves out interest-free days, of which there are
        some to come when `free_ahead`. Only a page that shows it reckons it: the act does without.
        """
        terms = (self.rate, None, self.minimum, "month", self.made_on)
        found = simulate("months", self.after.balance, *terms)
        return found if isinstance(found, Schedule) else None


@dataclass(frozen=True, slots=True)
class Denied:
    """A rule forbids it."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Used:
    """The key was used before, for another amount; no money moved. `seq` is what it was used for."""

    seq: int


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """Drawdowns come in whole units of this many yen."""

    unit: int


@dataclass(frozen=True, slots=True)
class TooMuch:
    """More than may be borrowed, by this rule."""

    most: int
    refusal: Refusal


Refused = Denied | WrongUnit | TooMuch


def account_of(office: Office, member_id: int) -> Account | Refusal:
    """The account that money may be sent to now, or why there is none."""
    account = accounts.present(office.store, member_id)
    if account is None:
        return rules.NO_ACCOUNT
    wait = office.rules.payouts.changed_account_hours
    opens = account.since + timedelta(hours=wait)
    if account.changed and office.now() < opens:
        return rules.account_changed(wait, opens.astimezone(JAPAN))
    return account


def arrival(office: Office, account: Account) -> Arrival:
    """When money that is sent now arrives there."""
    bank = office.rules.banks.get(account.bank_code)
    at_once = bank is not None and bank.around_the_clock
    return Arrival(rules.arrives_on(office.business_day(), at_once), at_once)


def make(
    office: Office, standing: Standing, account: Account, means: Means, amount: int
) -> Offer | Denied | WrongUnit | TooMuch:
    """Return what an amount would do to a standing counted up to today, or the rule that forbids it."""
    product = office.rules.product
    unit = product.drawdown_unit
    if amount < unit or amount % unit:
        return WrongUnit(unit)
    if denied := rules.refused(standing, amount, means.annual_income, means.other_debts, unit):
        found = rules.room(standing, means.annual_income, means.other_debts, unit)
        return TooMuch(found.most, denied) if found.bound == denied and found.most else Denied(denied)
    today, arrives = office.business_day(), arrival(office, account)
    drawn = money.draw(standing, today, amount, product, arrives.on)
    after = money.advance(drawn, arrives.on, product)
    return Offer(
        amount=amount,
        account=account,
        arrival=arrives,
        before=figures(office, standing),
        after=figures(office, after),
        rate=after.rate,
        minimum=after.minimum,
        made_on=today,
        free_ahead=bool(after.free) and after.free[-1][1] > today,
    )


def keyed(office: Office, visitor: Visitor, session: str, made: Offer) -> Offer:
    """The same offer with a fresh key, sealed for the contract and the session."""
    nonce = secrets.token_hex(NONCE_BYTES)
    return replace(made, key=f"{nonce}.{_seal(office, visitor, session, made, nonce)}")


def fits(office: Office, visitor: Visitor, session: str, made: Offer, key: str) -> bool:
    """Whether a key was sealed over this very offer.

    A key without a seal (a program's own) fits where no second step had to come first.
    """
    nonce, dot, seal = key.partition(".")
    if not dot:
        return made.account.drawn_to_at is not None or step_up.fresh(office, visitor)
    return hmac.compare_digest(seal.encode(), _seal(office, visitor, session, made, nonce).encode())


def figures(office: Office, standing: Standing) -> Figures:
    """The figures of a standing that is counted up to today."""
    minimum = min(standing.minimum, standing.debt)
    due = money.next_due(standing, office.rules.product)
    return Figures(standing.balance, money.available(standing), minimum, due)


def _seal(office: Office, visitor: Visitor, session: str, made: Offer, nonce: str) -> str:
    """A keyed hash over what the page shows."""
    shown = (made.amount, made.account.id, made.arrival, made.before, made.after, made.rate)
    told = f"borrow:{key_of(session)}:{visitor.contract_id}:{nonce}:{shown!r}"
    return hmac.digest(office.secret, told.encode(), "sha256")[:SEAL_BYTES].hex()
