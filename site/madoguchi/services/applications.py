"""Members' applications: what can be sent and why not, sending, answering, taking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from madoguchi.domain import applications as rules
from madoguchi.domain import due as due_dates
from madoguchi.domain import limit_change
from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.limit_change import Third
from madoguchi.domain.present import counted_to, states_with
from madoguchi.domain.rights import Action, Refusal, rights_of
from madoguchi.domain.standing import Standing
from madoguchi.services import application_effects, application_letters, books, cases, details, uploads
from madoguchi.services.cases import MEMBER, SYSTEM, CaseKind
from madoguchi.services.office import Office
from madoguchi.services.payouts import PayoutKind
from madoguchi.services.sessions import Visitor
from madoguchi.services.uploads import Ready
from madoguchi.services.wishes import Wish as Wish
from madoguchi.store import accounts, applications, payouts
from madoguchi.store.applications import Application
from madoguchi.store.contracts import ContractRow

SUBJECT: Final = "application"  # of files
LONGEST: Final = 1000  # characters of an answer


@dataclass(frozen=True, slots=True)
class Sent:
    """The application stands under this number; `repeated` when the very same one stood already."""

    id: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule forbids it; nothing was written."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """There is no such application, or it is past the stage for this."""


def third_of(office: Office, visitor: Visitor, limit: int, income: int, other_debts: int) -> Third:
    """What the law says of a wished limit."""
    here = applications.limits_elsewhere(office.store, visitor.member_id, visitor.contract_id)
    said = details.stated(office, visitor.member_id)
    unit, known = office.rules.applications.limit_unit, said.income if said else None
    return limit_change.third(limit, income, other_debts, here, unit, known)


def send(office: Office, visitor: Visitor, wish: Wish, files: Sequence[Ready] = ()) -> Sent | Refused:
    """Send an application with files that were looked into; one that nobody decides takes effect at once."""
    with office.store.transaction():
        return send_within(office, visitor, wish, files)


def send_within(office: Office, visitor: Visitor, wish: Wish, files: Sequence[Ready] = ()) -> Sent | Refused:
    """Send it inside an act that is open."""
    accounts.hold_member(office.store, visitor.member_id)
    row = present_row(office, visitor.contract_id)
    if earlier := _earlier(office, row, wish):
        return Sent(earlier.id, repeated=True)
    if refusal := _refused(office, visitor, row, wish, bool(files)):
        return Refused(refusal)
    one = _written(office, row, wish)
    if one is None:
        return Refused(rules.still_open(wish.kind))
    uploads.attach_within(office, files, one.member_id, (SUBJECT, one.id))
    if wish.kind.at_once:
        _settled(office, one, row, wish)
    else:
        _to_be_decided(office, one)
    return Sent(one.id)


def replace_lost_within(office: Office, contract_id: int) -> int:
    """Ask for a new card in place of one that is declared lost, inside that act; returns the number.

    A wish for a new card that is open already, for whatever reason, is the one that goes on.
    """
    row = present_row(office, contract_id)
    one = applications.newest(office.store, row.id, Kind.REISSUE)
    if one is not None and one.stage.is_open:
        return one.id
    made = _written(office, row, Wish(Kind.REISSUE, reason=rules.LOST))
    assert made is not None, "the contract is held, and none was open"
    _to_be_decided(office, made)
    return made.id


def withdraw(office: Office, visitor: Visitor, application_id: int) -> Application | NothingOpen:
    """Take back what is not decided yet, or a due day that was agreed and has not begun."""
    with office.store.transaction():
        row = present_row(office, visitor.contract_id)
        one = applications.read(office.store, application_id)
        if one is None or one.contract_id != row.id or not can_withdraw(one, row.standing):
            return NothingOpen()
        if one.stage is Stage.APPROVED:
            application_effects.take_back_due_day(office, one, row.standing)
        move(office, one, Stage.WITHDRAWN, MEMBER)
        cases.close_about_within(office, CaseKind.APPLICATION, one.id, Stage.WITHDRAWN.value)
        application_letters.ended(office, one, "お申し出により、取り消しました。")
        return one


def answer(
    office: Office, visitor: Visitor, application_id: int, words: str, files: Sequence[Ready] = ()
) -> Application | NothingOpen:
    """Answer what the lender asked, with files that were looked into; the same again changes nothing."""
    with office.store.transaction():
        books.hold(office, visitor.contract_id)
        one = applications.read(office.store, application_id)
        if one is None or one.contract_id != visitor.contract_id:
            return NothingOpen()
        if one.stage is Stage.TAKEN and _answered(office, one, words[:LONGEST], files):
            return one
        if one.stage is not Stage.ASKED:
            return NothingOpen()
        move(office, one, Stage.TAKEN, MEMBER, words[:LONGEST])
        uploads.attach_within(office, files, one.member_id, (SUBJECT, one.id))
        return one


def can_withdraw(one: Application, now: Standing) -> bool:
    """Whether the member may take an application back, by the contract as it stands."""
    if one.stage in rules.UNDECIDED:
        return True
    changes = one.kind is Kind.DUE_DAY and one.stage is Stage.APPROVED
    return changes and now.pending_due_day is not None and now.pending_due_day == one.facts["due_day"]


def move(office: Office, one: Application, stage: Stage, by_whom: str, words: str = "") -> None:
    """Take an application to a stage and note it, inside an act that is open."""
    applications.move(office.store, one.id, stage, office.now())
    applications.note(office.store, one.id, office.now(), by_whom, stage, words)
    told = f"{stage.words}：{words}" if words else stage.words
    cases.note_about_within(office, CaseKind.APPLICATION, one.id, by_whom, told)


def present_row(office: Office, contract_id: int) -> ContractRow:
    """The contract held, with figures and states as they are today; nothing of them is written."""
    row = books.hold(office, contract_id)
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    return replace(row, standing=now, states=states_with(row.states, now))


def refusal_now(office: Office, row: ContractRow, kind: Kind, sending: int) -> Refusal | None:
    """The first rule against an application of a kind: the states, then the contract itself."""
    terms = office.rules.lending_terms
    if denied := rights_of(row.states, row.standing.debt > 0).refusal(Action.APPLY):
        return denied
    bounds = (terms.limit_lowest, terms.limit_highest)
    return rules.refused(kind, row.standing, sending, office.rules.product, bounds)


def _answered(office: Office, one: Application, words: str, files: Sequence[Ready]) -> bool:
    """Whether the last thing that became of an application is just this answer, with these files."""
    last = applications.events(office.store, one.id)[-1]
    if (last.by_whom, last.stage, last.words) != (MEMBER, Stage.TAKEN, words):
        return False
    sent = uploads.about(office, SUBJECT, [one.id]).get(one.id, ())
    kept = sorted((file.title, file.size) for file in sent if file.at >= last.at)
    return kept == sorted((file.title, file.size) for file in files)


def _earlier(office: Office, row: ContractRow, wish: Wish) -> Application | None:
    """The same wish sent a moment ago: what is open, or what took effect and still stands."""
    one = applications.newest(office.store, row.id, wish.kind)
    if one is None or one.facts != wish.facts():
        return None
    if not wish.kind.at_once:
        return one if one.stage.is_open else None
    now = row.standing
    stands = {
        Kind.LIMIT_DOWN: now.limit == wish.limit,
        Kind.DUE_DAY: (now.pending_due_day or now.due_day) == wish.due_day,
        Kind.CLOSING: row.closed_on is not None,
    }[wish.kind]
    return one if stands and one.stage is Stage.APPROVED else None


def _refused(office: Office, visitor: Visitor, row: ContractRow, wish: Wish, proven: bool) -> Refusal | None:
    sending = payouts.sending(office.store, row.id, PayoutKind.DRAWDOWN.value)
    if denied := refusal_now(office, row, wish.kind, sending):
        return denied
    unit, terms = office.rules.applications.limit_unit, office.rules.lending_terms
    now = row.standing
    match wish.kind:
        case Kind.LIMIT_UP:
            if not now.limit < wish.limit <= terms.limit_highest or wish.limit % unit:
                return rules.NOT_OFFERED
            found = third_of(office, visitor, wish.limit, wish.income, wish.other_debts)
            return limit_change.refused(found, proven)
        case Kind.LIMIT_DOWN:
            offered = terms.limit_lowest <= wish.limit < now.limit and wish.limit % unit == 0
        case Kind.DUE_DAY:
            offered = due_dates.offers(office.rules.product.due, wish.due_day) and wish.due_day != now.due_day
        case _:
            offered = True
    return None if offered else rules.NOT_OFFERED


def _written(office: Office, row: ContractRow, wish: Wish) -> Application | None:
    """The application as it is sent; None where one of its kind is open."""
    now = office.now()
    key = applications.add(office.store, row.member_id, row.id, wish.kind, Stage.SENT, wish.facts(), now)
    if not key:
        return None
    applications.note(office.store, key, now, MEMBER, Stage.SENT, "")
    return applications.read(office.store, key)


def _settled(office: Office, one: Application, row: ContractRow, wish: Wish) -> None:
    """Let it take effect at once."""
    outcome = application_effects.carry_out(office, one, row, wish.session_key)
    move(office, one, outcome.stage, SYSTEM, outcome.words)
    if one.kind is not Kind.CLOSING:  # the closing has a letter of its own
        application_letters.approved(office, one, outcome.words)


def _to_be_decided(office: Office, one: Application) -> None:
    """Open a case for the people at the lender, and tell the member."""
    facts, ids = {"kind": one.kind.value}, {"member_id": one.member_id, "contract_id": one.contract_id}
    cases.open_within(office, CaseKind.APPLICATION, facts, subject_id=one.id, **ids)
    application_letters.sent(office, one)
