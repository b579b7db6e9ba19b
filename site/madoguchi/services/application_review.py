"""What the people at the lender do with applications: take up, ask, agree, refuse, hand a card over.

Each act says by whom it is, and with a glance which case it is done from: see services/casework.py.
What runs out by itself stands here too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from madoguchi.domain import limit_change
from madoguchi.domain.applications import DIED, OPEN, UNDECIDED, Kind, Stage
from madoguchi.domain.rights import Action, Refusal, Rights, State, states_of
from madoguchi.services import (
    application_effects,
    application_letters,
    audit,
    books,
    cases,
    details,
    points,
    uploads,
)
from madoguchi.services.applications import SUBJECT, NothingOpen, move, present_row, refusal_now
from madoguchi.services.audit import Noted
from madoguchi.services.cases import SYSTEM, CaseKind
from madoguchi.services.casework import Glance, Stopped, begin_within
from madoguchi.services.details import Stated
from madoguchi.services.office import Office
from madoguchi.services.payouts import PayoutKind
from madoguchi.store import accounts, applications, members, payouts, persons
from madoguchi.store.applications import Application
from madoguchi.store.contracts import ContractRow
from madoguchi.store.uploads import Upload


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A rule forbids agreeing now; nothing was written."""

    refusal: Refusal


def take_up(
    office: Office, application_id: int, by_whom: str, glance: Glance | None = None
) -> Application | NothingOpen | Stopped:
    """Begin to look at an application that was sent."""
    with office.store.transaction():
        one = _held(office, application_id)
        if one is None or one.stage is not Stage.SENT:
            return NothingOpen()
        if stopped := begin_within(office, glance):
            return stopped
        move(office, one, Stage.TAKEN, by_whom)
        _log(office, one, Stage.TAKEN, by_whom, glance)
        return one


def ask_more(
    office: Office, application_id: int, by_whom: str, words: str, glance: Glance | None = None
) -> Application | NothingOpen | Stopped:
    """Ask the member for more; who does not answer in the days of `[applications]` ends it."""
    with office.store.transaction():
        one = _held(office, application_id)
        if one is None or one.stage not in UNDECIDED:
            return NothingOpen()
        if stopped := begin_within(office, glance):
            return stopped
        reply_by = office.business_day() + timedelta(days=office.rules.applications.reply_days)
        move(office, one, Stage.ASKED, by_whom, words)
        applications.move(office.store, one.id, Stage.ASKED, office.now(), reply_by)
        asked = replace(one, stage=Stage.ASKED, reply_by=reply_by)
        application_letters.asked(office, asked, words)
        _log(office, one, Stage.ASKED, by_whom, glance)
        return asked


def refuse(
    office: Office, application_id: int, by_whom: str, words: str, glance: Glance | None = None
) -> Application | NothingOpen | Stopped:
    """Refuse with the reason and the next step, which the member reads."""
    with office.store.transaction():
        one = _held(office, application_id)
        if one is None or one.stage not in UNDECIDED:
            return NothingOpen()
        if stopped := begin_within(office, glance):
            return stopped
        move(office, one, Stage.REFUSED, by_whom, words)
        _close_case(office, one, Stage.REFUSED)
        application_letters.refused(office, one, words)
        _log(office, one, Stage.REFUSED, by_whom, glance)
        return one


def approve(
    office: Office, application_id: int, by_whom: str, limit: int | None = None, glance: Glance | None = None
) -> Application | NothingOpen | Forbidden | Stopped:
    """Agree, and let it take effect in the same act; `limit` in yen agrees to less than was wished.

    Forbidden when a rule has come to stand against it since it was sent.
    """
    with office.store.transaction():
        found = applications.read(office.store, application_id)
        if found is None:
            return NothingOpen()
        accounts.hold_member(office.store, found.member_id)
        row = present_row(office, found.contract_id)
        one = applications.read(office.store, application_id)  # as it is now that the contract is held
        if one is None or one.stage not in UNDECIDED:
            return NothingOpen()
        if stopped := begin_within(office, glance):
            return stopped
        if limit is not None and one.kind is Kind.LIMIT_UP:
            one = replace(one, facts=one.facts | {"limit": limit})
        if refusal := _forbidden(office, one, row):
            return Forbidden(refusal)
        _agreed(office, one, row, by_whom)
        _log(office, one, Stage.APPROVED, by_whom, glance)
        return one


def expire(office: Office, day: date, after: int, most: int) -> list[int]:
    """End applications whose members did not answer by their day; a step of the daily round."""
    found = applications.unanswered(office.store, day, after, most)
    for number in found:
        one = _held(office, number)
        if one is None or one.stage is not Stage.ASKED:
            continue
        words = "お返事の期限が過ぎたため、終わりました。もう一度お申し込みいただけます。"
        move(office, one, Stage.EXPIRED, SYSTEM, words)
        _close_case(office, one, Stage.EXPIRED)
        application_letters.ended(office, one, words, application_letters.by_day(office))
    return found


def _held(office: Office, application_id: int) -> Application | None:
    """An application as it is with its contract held."""
    found = applications.read(office.store, application_id)
    if found is None:
        return None
    books.hold(office, found.contract_id)
    one = applications.read(office.store, application_id)
    return one if one is not None and one.stage in OPEN else None


def _forbidden(office: Office, one: Application, row: ContractRow) -> Refusal | None:
    """The first rule against it; a card that was declared lost is replaced however the contract stands."""
    if persons.hold(office.store, one.member_id):
        return DIED
    held = states_of(row.states)
    if one.kind is Kind.REISSUE and State.LOST in held:
        return Rights(held & {State.CLOSED}).refusal(Action.APPLY)
    sending = payouts.sending(office.store, row.id, PayoutKind.DRAWDOWN.value)
    if refusal := refusal_now(office, row, one.kind, sending):
        return refusal
    if one.kind is not Kind.LIMIT_UP:
        return None
    here = applications.limits_elsewhere(office.store, one.member_id, one.contract_id)
    unit = office.rules.applications.limit_unit
    said = details.stated(office, one.member_id)
    limit, income, debts = (int(one.facts[name]) for name in ("limit", "income", "other_debts"))
    found = limit_change.third(limit, income, debts, here, unit, said.income if said else None)
    proven = bool(_papers(office, one, said if found.doubted else None))
    return limit_change.not_a_raise(found, row.standing.limit) or limit_change.refused(found, proven)


def _agreed(office: Office, one: Application, row: ContractRow, by_whom: str) -> None:
    outcome = application_effects.carry_out(office, one, row)
    if one.kind is Kind.LIMIT_UP:
        _proved(office, one, by_whom)
    move(office, one, outcome.stage, by_whom, outcome.words)
    if not outcome.stage.is_open:
        _close_case(office, one, outcome.stage)
    application_letters.approved(office, one, outcome.words)


def _papers(office: Office, one: Application, since: Stated | None) -> list[Upload]:
    """The papers about an income; of what the member stated, only those that came later speak."""
    files = uploads.about(office, SUBJECT, [one.id]).get(one.id, ())
    return [file for file in files if since is None or file.at >= since.at]


def _proved(office: Office, one: Application, by_whom: str) -> None:
    """Let borrowing count with what was agreed on; a paper about the income earns its points of the year.

    Without a paper that is newer than what the member stated, the income on file rises by nothing.
    """
    said = details.stated(office, one.member_id)
    if _papers(office, one, said):
        details.check_income_within(office, one.member_id, one.facts["income"], by_whom)
    elif said is None or said.at <= one.sent_at:
        details.state_income_within(office, one.member_id, one.facts["income"])
    members.set_other_debts(office.store, one.member_id, one.facts["other_debts"])
    applications.set_facts(office.store, one.id, one.facts)
    if _papers(office, one, None):
        points.earn_income_document_within(office, one.member_id, office.business_day().year)


def _log(office: Office, one: Application, stage: Stage, by_whom: str, glance: Glance | None) -> None:
    """Note a decision, by the stage it led to; MAKING is noted as the agreement that it is."""
    about = {"member_id": one.member_id, "case_id": glance.case_id if glance else None}
    told: dict[str, Any] = {"application": one.id, "stage": stage.value}
    audit.note_within(office, Noted.APPLICATION_MOVED, by_whom, **about, **told)


def _close_case(office: Office, one: Application, stage: Stage) -> None:
    cases.close_about_within(office, CaseKind.APPLICATION, one.id, stage.value)
