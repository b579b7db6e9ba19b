"""The letters about applications, each written in the act that it tells of."""

from __future__ import annotations

from datetime import datetime

from madoguchi.domain.lateness import when_to_ask
from madoguchi.domain.letters import Kind
from madoguchi.ports import JAPAN
from madoguchi.services import letters
from madoguchi.services.lateness import in_words
from madoguchi.services.office import Office
from madoguchi.store.applications import Application


def sent(office: Office, one: Application) -> None:
    """Tell that an application arrived, and what happens next."""
    days = office.rules.applications.answer_days
    then = f"担当者が内容を確かめ、ふつう{days}営業日以内にお返事します。"
    facts: dict[str, letters.Fact] = {"at": one.sent_at, "what": one.kind.words, "then": then}
    letters.write(office, Kind.APPLICATION_SENT, facts, member_id=one.member_id)


def asked(office: Office, one: Application, words: str) -> None:
    """Ask for more, until a day."""
    assert one.reply_by is not None, "who is asked has a day to answer by"
    facts: dict[str, letters.Fact] = {
        "what": one.kind.words, "words": words, "reply_by": in_words(one.reply_by)
    }  # fmt: skip
    letters.write(office, Kind.APPLICATION_ASKED, facts, member_id=one.member_id)


def approved(office: Office, one: Application, outcome: str) -> None:
    """Tell what was agreed."""
    facts: dict[str, letters.Fact] = {"at": office.now(), "what": one.kind.words, "outcome": outcome}
    letters.write(office, Kind.APPLICATION_APPROVED, facts, member_id=one.member_id)


def refused(office: Office, one: Application, words: str) -> None:
    """Tell that it could not be agreed, why, and what can be done."""
    facts: dict[str, letters.Fact] = {"at": office.now(), "what": one.kind.words, "words": words}
    letters.write(office, Kind.APPLICATION_REFUSED, facts, member_id=one.member_id)


def ended(office: Office, one: Application, how: str, due: datetime | None = None) -> None:
    """Tell that an application is over without a decision, now or at a moment."""
    facts: dict[str, letters.Fact] = {"at": office.now(), "what": one.kind.words, "how": how}
    letters.write(office, Kind.APPLICATION_ENDED, facts, member_id=one.member_id, due=due)


def closed(office: Office, member_id: int, how: str, due: datetime | None = None) -> None:
    """Tell that the contract is over, now or at a moment."""
    facts: dict[str, letters.Fact] = {"on": in_words(office.business_day()), "how": how}
    letters.write(office, Kind.CONTRACT_CLOSED, facts, member_id=member_id, due=due)


def by_day(office: Office) -> datetime:
    """When a letter goes out that the round writes: nobody is waked at night."""
    return when_to_ask(office.now().astimezone(JAPAN))
