"""What the pages about applications show: those of a contract, and one with its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.domain import applications as rules
from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.documents import DocumentKind, number_of
from madoguchi.domain.rights import Action, Refusal
from madoguchi.services import mandates, uploads
from madoguchi.services.applications import SUBJECT, can_withdraw
from madoguchi.services.cases import CaseKind
from madoguchi.services.mandates import Named
from madoguchi.services.office import Office
from madoguchi.services.payouts import PayoutKind
from madoguchi.services.sessions import Visitor
from madoguchi.store import applications, cases, documents, dormant, payouts
from madoguchi.store.applications import Application, Event
from madoguchi.store.dormant import Told
from madoguchi.store.uploads import Upload

SHOWN: Final = 50  # applications on one page


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind that can be applied for, or the rule against it; `open_id` is the one that is open already."""

    kind: Kind
    refusal: Refusal | None
    open_id: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A contract's applications and what else can be asked for.

    `mandate` is a direct debit that the bank is asked about, `debited` one that works.
    """

    open: tuple[Application, ...]
    past: tuple[Application, ...]
    offered: tuple[Offered, ...]
    unused: Told | None
    mandate: Named | None
    debited: Named | None


@dataclass(frozen=True, slots=True)
class Story:
    """One application with everything that became of it.

    `read_from` is when a person looks at it by the hours; None once nobody has to. `certificate` is the
    number of the certificate of full payment that a closing issued, "" for others.
    """

    one: Application
    events: tuple[Event, ...]
    files: tuple[Upload, ...]
    read_from: datetime | None
    can_withdraw: bool
    certificate: str = ""


def look(office: Office, visitor: Visitor) -> Seen:
    """A contract's applications, what can be applied for and why not."""
    found = applications.of_contract(office.store, visitor.contract_id, SHOWN)
    seen = mandates.look(office, visitor.contract_id)
    still = tuple(one for one in found if one.stage.is_open or can_withdraw(one, visitor.standing))
    return Seen(
        open=still,
        past=tuple(one for one in found if one not in still),
        offered=_offered(office, visitor, {one.kind: one.id for one in found if one.stage.is_open}),
        unused=dormant.told(office.store, visitor.contract_id),
        mandate=seen.asked,
        debited=seen.active,
    )


def refusal_of(office: Office, visitor: Visitor, kind: Kind) -> Refusal | None:
    """The rule against applying for a kind now, or None."""
    open_now = applications.still_open(office.store, visitor.contract_id)
    offered = _offered(office, visitor, {one.kind: one.id for one in open_now})
    return next(one.refusal for one in offered if one.kind is kind)


def story(office: Office, visitor: Visitor, application_id: int) -> Story | None:
    """One application of the visitor's contract; None for a number that is none of theirs."""
    one = applications.read(office.store, application_id)
    if one is None or one.contract_id != visitor.contract_id:
        return None
    events = tuple(applications.events(office.store, one.id))
    files = uploads.about(office, SUBJECT, [one.id]).get(one.id, ())
    waits = cases.about(office.store, CaseKind.APPLICATION.value, one.id) if one.stage is Stage.SENT else []
    read_from = waits[0].read_from if waits else None
    return Story(
        one, events, files, read_from, can_withdraw(one, visitor.standing), _certificate(office, one)
    )


def _certificate(office: Office, one: Application) -> str:
    if one.kind is not Kind.CLOSING or one.stage is not Stage.APPROVED:
        return ""
    paid = documents.latest(office.store, one.contract_id, DocumentKind.PAID.value)
    return number_of(paid.id) if paid else ""


def _offered(office: Office, visitor: Visitor, open_now: dict[Kind, int]) -> tuple[Offered, ...]:
    sending = payouts.sending(office.store, visitor.contract_id, PayoutKind.DRAWDOWN.value)
    terms = office.rules.lending_terms
    bounds = (terms.limit_lowest, terms.limit_highest)
    denied = visitor.rights.refusal(Action.APPLY)

    def why_not(kind: Kind) -> Refusal | None:
        if denied is None and kind in open_now:
            return rules.still_open(kind)
        return denied or rules.refused(kind, visitor.standing, sending, office.rules.product, bounds)

    return tuple(Offered(kind, why_not(kind), open_now.get(kind)) for kind in Kind)
