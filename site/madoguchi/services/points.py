"""Taking part in the programme of points, and what earns them: each thing once, in the act that causes it.

What is named `…_within` is part of an act that is open already. A contract is held before the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from madoguchi.domain import points as law
from madoguchi.domain.letter_kinds import Kind as Letter
from madoguchi.domain.points import AT_MONTH_END, Kind
from madoguchi.domain.present import counted_to, states_with
from madoguchi.domain.rights import Action, Rights, rights_of
from madoguchi.domain.standing import Standing
from madoguchi.ports import JAPAN
from madoguchi.services import books, letters
from madoguchi.services.choices import DEFAULTS, ELECTRONIC, OFF, YES, Choice
from madoguchi.services.office import Office
from madoguchi.services.posting import NotAllowed
from madoguchi.store import points
from madoguchi.store.contracts import ContractRow
from madoguchi.store.points import Account, Entry


@dataclass(frozen=True, slots=True)
class Joined:
    """The member takes part; `earned` are the points for it, 0 for one who did so before."""

    balance: int
    earned: int


@dataclass(frozen=True, slots=True)
class Left:
    """The member takes part no more; `lost` points are gone."""

    lost: int


@dataclass(frozen=True, slots=True)
class NotIn:
    """The member takes no part."""


def balance(office: Office, member_id: int) -> int | None:
    """The points of a member, or None of one who takes no part; one statement."""
    found = points.read(office.store, member_id)
    return found.balance if found and found.takes_part else None


def is_new(office: Office, member_id: int) -> bool:
    """Whether taking part would be the first time, which alone earns the points for it; one statement."""
    found = points.read(office.store, member_id)
    return found is None or found.last_seq == 0


def join(office: Office, member_id: int, contract_id: int, told: bool = True) -> Joined | NotAllowed:
    """Begin to take part; who does so already has nothing changed. A demo's past is `told` to nobody."""
    with office.store.transaction():
        _row, _now, rights = today_within(office, contract_id)
        if refusal := rights.refusal(Action.APPLY):
            return NotAllowed(refusal)
        account = points.begin(office.store, member_id)
        if account.takes_part:
            return Joined(account.balance, 0)
        earned = office.rules.points.joined if account.last_seq == 0 else 0
        points.joined(office.store, member_id, office.now())
        cause = f"{Kind.JOINED.value}:{account.last_seq + 1}"
        entry = post_within(office, account, Kind.JOINED, earned, cause)
        if told:
            _write(office, Letter.POINTS_JOINED, member_id, earned)
        return Joined(entry.balance, earned)


def leave(office: Office, member_id: int) -> Left | NotIn:
    """Take part no more: the points that are left are lost, what they bought stays."""
    with office.store.transaction():
        account = points.hold(office.store, member_id)
        if account is None or not account.takes_part:
            return NotIn()
        points.left(office.store, member_id, office.now())
        cause = f"{Kind.LEFT.value}:{account.last_seq + 1}"
        post_within(office, account, Kind.LEFT, -account.balance, cause)
        _write(office, Letter.POINTS_LEFT, member_id, account.balance)
        return Left(account.balance)


def _write(office: Office, kind: Letter, member_id: int, count: int) -> None:
    facts: dict[str, letters.Fact] = {"at": office.now(), "count": f"{count:,}"}
    letters.write(office, kind, facts, member_id=member_id)


def earn_sign_in_within(office: Office, member_id: int) -> Entry | None:
    """Earn the first sign-in of the month; one statement where the member takes no part."""
    cause = law.monthly(Kind.SIGN_IN, office.business_day())
    return earn_within(office, member_id, Kind.SIGN_IN, office.rules.points.sign_in, cause)


def earn_income_document_within(office: Office, member_id: int, year: int) -> Entry | None:
    """Earn the income document of a year, once it was accepted."""
    amount, cause = office.rules.points.income_document, law.yearly(Kind.INCOME_DOCUMENT, year)
    return earn_within(office, member_id, Kind.INCOME_DOCUMENT, amount, cause)


def earn_within(
    office: Office, member_id: int, kind: Kind, amount: int, cause: str, day: date | None = None
) -> Entry | None:
    """Earn points under a cause; None when it earned some before or the member takes no part.

    `day` is the day it counts for, today if none is named.
    """
    account = points.hold(office.store, member_id)
    if amount == 0 or account is None or not account.takes_part:
        return None
    if points.by_cause(office.store, member_id, cause):
        return None
    return post_within(office, account, kind, amount, cause, day)


def earn_at_month_end(office: Office, day: date, after: int, most: int) -> list[int]:
    """Give out what is earned at a month's end, a step of the daily round; on other days there is nothing.

    What counts is what the member had chosen when the day ended, however late the round comes.
    """
    if (day + timedelta(days=1)).month == day.month:
        return []
    end = datetime.combine(day + timedelta(days=1), time(0), JAPAN)
    found = points.at_end(office.store, end, after, most)
    chosen = points.chosen_then(office.store, found, end) if found else {}
    for member_id in found:
        held = {c: chosen.get((member_id, c.value), default) for c, default in DEFAULTS.items()}
        for kind in AT_MONTH_END:
            if counts(held, kind):
                amount = office.rules.points.earned_by(kind)
                earn_within(office, member_id, kind, amount, law.monthly(kind, day), day)
    return found


def counts(held: dict[Choice, str], kind: Kind) -> bool:
    """Whether what a member chose earns this kind at a month's end."""
    match kind:
        case Kind.REMINDER_MAIL:
            return held[Choice.REMINDER_DAYS] != OFF
        case Kind.TRANSACTION_MAIL:
            return held[Choice.TRANSACTION_MAIL] == YES
        case Kind.ELECTRONIC:
            return held[Choice.DELIVERY] == ELECTRONIC
        case _:
            raise ValueError(f"{kind.value} is not earned at a month's end")


def today_within(office: Office, contract_id: int) -> tuple[ContractRow, Standing, Rights]:
    """The contract, held, its figures counted up to today, and the rights that its states leave."""
    row = books.hold(office, contract_id)
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    return row, now, rights_of(states_with(row.states, now), now.debt > 0)


def post_within(
    office: Office,
    account: Account,
    kind: Kind,
    amount: int,
    cause: str,
    day: date | None = None,
    what: tuple[int, date, date] | None = None,
) -> Entry:
    """Write an entry behind the last one of an account that is held.

    `what` is what points bought: on which contract, and its first and last day.
    """
    entry = Entry(
        account.member_id,
        account.last_seq + 1,
        kind,
        amount,
        account.balance + amount,
        day or office.business_day(),
        office.now(),
        cause,
        *(what or ()),
    )
    points.append(office.store, entry)
    return entry
