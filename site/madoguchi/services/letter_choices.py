"""What members choose about their letters: reminders, news of payments, discretion; and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.letters import Kind
from madoguchi.domain.present import counted_to
from madoguchi.domain.reminders import moment_of
from madoguchi.domain.standing import Standing
from madoguchi.ports import JAPAN
from madoguchi.services import books, choices, letters
from madoguchi.services.choices import NO, OFF, YES, Choice
from madoguchi.services.office import Office
from madoguchi.store import letters as rows
from madoguchi.store import reminders

SHOWN: Final = 30  # earlier choices
HERE: Final = (Choice.REMINDER_DAYS, Choice.REMINDER_HOUR, Choice.TRANSACTION_MAIL, Choice.DISCREET)
# What a stranger would change first, so that a theft is noticed late: its change is told by a letter.
TOLD: Final = (Choice.TRANSACTION_MAIL, Choice.DISCREET)
NAMES: Final = {
    Choice.REMINDER_DAYS: "ご返済日のお知らせ",
    Choice.REMINDER_HOUR: "お知らせの時刻",
    Choice.TRANSACTION_MAIL: "ご返済を受け取ったお知らせ",
    Choice.DISCREET: "内容をのせないメール",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """The next due date and its reminder: `at` when it was looked after or will be, `over` if that is done.

    `amount` is what the letter asked for in yen, 0 when nothing was to be asked.
    """

    due: date
    at: datetime
    over: bool
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What holds, the hours that are offered, whether mail can be sent at all, what comes, and the past."""

    held: Mapping[Choice, str]
    hours: tuple[int, ...]
    by_mail: bool
    coming: Coming | None
    past: list[tuple[datetime, str, str, str]]


def look(office: Office, member_id: int, contract_id: int, standing: Standing) -> Seen:
    """Return all that the page shows; the standing is as cached."""
    held, hours = choices.of(office, member_id), office.rules.letters.quiet.hours
    contact = rows.contact(office.store, member_id)
    past = choices.past_of(office, member_id, HERE, SHOWN)
    return Seen(
        held,
        hours,
        contact is not None and bool(contact.email),
        _coming(office, contract_id, standing, held),
        [(at, NAMES[choice], in_words(choice, value), who) for at, choice, value, who in past],
    )


def choose(
    office: Office, member_id: int, contract_id: int, chosen: Mapping[Choice, str]
) -> dict[Choice, str]:
    """Write down what changed and return it; the member is told of what a stranger would change first.

    ValueError for a value that is not offered: no page of ours sends one.
    """
    if int(chosen[Choice.REMINDER_HOUR]) not in office.rules.letters.quiet.hours:
        raise ValueError("at night no reminder goes out")
    with office.store.transaction():
        books.hold(office, contract_id)  # pressed twice, it is written once
        changed = choices.choose_within(office, member_id, {name: chosen[name] for name in HERE})
        told = "、".join(
            f"{NAMES[name]}：{in_words(name, changed[name])}" for name in TOLD if name in changed
        )
        if told:
            facts: dict[str, letters.Fact] = {"at": office.now(), "change": told}
            letters.write(office, Kind.LETTERS_CHANGED, facts, member_id=member_id)
        return changed


def in_words(choice: Choice, value: str) -> str:
    """A value as pages and letters say it."""
    match choice, value:
        case (Choice.REMINDER_DAYS, days):
            return "送らない" if days == OFF else f"{days}日前"
        case (Choice.REMINDER_HOUR, hour):
            return f"{hour}時"
        case (Choice.TRANSACTION_MAIL, answer):
            return "送らない" if answer == NO else "送る"
        case (_, answer):
            return "使う" if answer == YES else "使わない"


def _coming(
    office: Office, contract_id: int, standing: Standing, held: Mapping[Choice, str]
) -> Coming | None:
    """A due date that is met is passed over, as home does; one that asks for nothing is not reminded of."""
    today, product = office.business_day(), office.rules.product
    now = counted_to(standing, today, product)
    if (due := money.next_due(now, product)) is None or money.is_remainder(now, product.remainder_below):
        return None
    day, _ = due
    if found := reminders.told(office.store, contract_id, day):
        return Coming(day, found[0], over=True, amount=found[1])
    if held[Choice.REMINDER_DAYS] == OFF or day == today:
        return None
    days, hour = int(held[Choice.REMINDER_DAYS]), int(held[Choice.REMINDER_HOUR])
    return Coming(day, max(moment_of(day, days, hour, JAPAN), office.now()), over=False)
