"""期限の利益の喪失: the whole debt of a contract long overdue made due at once, by two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from madoguchi.domain import standing as money
from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import State
from madoguchi.services import audit, books, four_eyes, letters
from madoguchi.services.audit import Noted
from madoguchi.services.four_eyes import Act
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import contracts, rounds, states, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.desk_requests import Request
from madoguchi.store.terms import Term

CALLED_IN: Final = "called_in"  # why the contract is suspended, and the term's cause
LAST_STAGE: Final = 61  # the letter that announces it


@dataclass(frozen=True, slots=True)
class Seen:
    """How a contract stands today: days late, the whole debt in yen, and what is against calling it in.

    `called_on` is when that was done, None where it was not; `told` whether the last letter was written.
    """

    late_days: int
    debt: int
    per_day: int
    told: bool
    called_on: date | None
    against: str


def look(office: Office, contract_id: int) -> Seen | None:
    """Return how a contract stands; None where there is none."""
    row = contracts.read(office.store, contract_id)
    if row is None:
        return None
    on = office.business_day()
    return _seen(office, replace(row, standing=money.advance(row.standing, on, office.rules.product)), on)


def perform(office: Office, request: Request, who: Colleague) -> str | None:
    """Call a contract in, inside the act that approves it; a sentence where it cannot be now."""
    assert request.contract_id is not None, "it is about a contract"
    on, row = office.business_day(), books.hold(office, request.contract_id)
    if row.standing.accrued_to and on < row.standing.accrued_to:
        return "先の日付の取引があるため、今日は行えません。"
    row = books.caught_up(office, row, on)
    seen = _seen(office, row, on)
    if seen.against:
        return seen.against
    after = money.call_in(row.standing, on, office.rules.product)
    now = office.now()
    terms.append(office.store, [Term(row.id, row.last_seq, terms.CALLED_IN, on, 0, CALLED_IN)], now)
    books.keep(office, replace(row, standing=after))
    states.insist(office.store, row.id, State.SUSPENDED, now, CALLED_IN, who.name)
    facts: dict[str, letters.Fact] = {
        "at": now, "amount": f"{after.debt:,}", "per_day": f"{seen.per_day:,}", "days": seen.late_days,
    }  # fmt: skip
    letters.write(office, Kind.CALLED_IN, facts, member_id=row.member_id, now=now)
    told: dict[str, Any] = {"request": request.id, "debt": after.debt}
    audit.note_within(office, Noted.CALLED_IN, who.name, member_id=row.member_id, **told)
    return None


def ask(office: Office, contract_id: int, reason: str, who: Colleague) -> int | str:
    """Ask for it; the request that waits already where there is one, or a sentence that says why not."""
    with office.store.transaction():
        books.hold(office, contract_id)
        for waiting in four_eyes.of_contract(office, contract_id):
            if waiting.act == ACT.word and not waiting.outcome and waiting.ends_at > office.now():
                return waiting.id
        seen = look(office, contract_id)
        assert seen is not None, "it is held"
        return seen.against or four_eyes.ask_within(office, ACT.word, contract_id, {}, reason, who)


def told(office: Office, request: Request) -> Sequence[tuple[str, str]]:
    """Return what whoever decides has to know, as it is today."""
    seen = look(office, request.contract_id or 0)
    if seen is None:
        return []
    rows = [("遅れている日数", f"{seen.late_days}日"), ("今日の全額", f"{seen.debt:,}円")]
    if seen.called_on:
        rows.append(("期限の利益を失った日", f"{seen.called_on:%Y年%-m月%-d日}"))
    elif seen.against:
        rows.append(("できない理由", seen.against))
    return rows


def _seen(office: Office, row: ContractRow, on: date) -> Seen:
    now = row.standing
    late = money.days_late(now, on)
    since = now.late_since
    announced = since is not None and rounds.told_stage(office.store, row.id, since) >= LAST_STAGE
    called_on = terms.last_of(office.store, row.id, terms.CALLED_IN)
    if called_on and (since is None or called_on < since):
        called_on = None  # that was another time, and was paid
    per_day = money.payoff(now, on, office.rules.product).per_day
    seen = Seen(late, now.debt, per_day, announced, called_on, "")
    return replace(seen, against=_against(office, row, seen))


def _against(office: Office, row: ContractRow, seen: Seen) -> str:
    """The first thing that stands against it, as a sentence, or ""."""
    least = office.rules.contracts.call_in_days
    if seen.called_on:
        return "この契約は、もう期限の利益を失っています。"
    if seen.late_days < least:
        return f"遅れが{least}日に満たないため、行えません（いま{seen.late_days}日）。"
    if not seen.told:
        return f"{LAST_STAGE}日目のお知らせを出していないため、行えません。"
    if row.standing.coming or row.standing.pending:
        return "結果を待っている送金か口座振替があるため、行えません。結果が分かってから行ってください。"
    return ""


ACT: Final = Act("call_in", "期限の利益の喪失", told, perform)
