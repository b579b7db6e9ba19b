"""How the desk acts for a member: what the ladder asks, one act under locks, its letter, note and line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.domain.ladder import DeskAct, is_enough
from madoguchi.domain.letters import Kind
from madoguchi.services import audit, books, cases, deed_letters, four_eyes, identity, letters
from madoguchi.services.audit import Noted
from madoguchi.services.deed import Deed, Did, Order, Subject, find
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import accounts
from madoguchi.store import cases as case_rows
from madoguchi.store.audit import Filter, Line
from madoguchi.store.cases import Case
from madoguchi.store.desk_requests import Request

FEW: Final = 100
NOT_CHECKED: Final = Cannot("本人確認が足りません。この手続きに必要な確認をしてください。")
NO_RIGHT: Final = Cannot("あなたの役割では、この手続きを始められません。")
NO_CASE: Final = Cannot("選んだ案件は、この会員の受付中の案件ではありません。")


@dataclass(frozen=True, slots=True)
class Done:
    """It is done, and noted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """It was asked for under this number; `repeated` when the very same request waits already."""

    request_id: int
    repeated: bool = False


class _Undo(Exception):
    """Takes back what an act had written before it found that it cannot be."""


def open_cases(office: Office, member_id: int) -> list[Case]:
    """Return the open cases of a member, which an act can be for."""
    return [case for case in case_rows.of_member(office.store, member_id, FEW) if case.closed_at is None]


def last(office: Office, member_id: int, act: DeskAct) -> Line | None:
    """Return the log's newest line about an act for a member."""
    found = audit.found(office, Filter(member_id=member_id, kind=Noted[act.name].word))
    return found[0] if found else None


def begin(office: Office, deed: Deed, number: str, order: Order) -> Done | Asked | Cannot | None:
    """Do an act, or ask for it where it takes two; None where nobody has this number."""
    subject = find(office, number)
    if subject is None:
        return None
    if not order.who.may(deed.rung.right):
        return NO_RIGHT
    if not is_enough(deed.rung.check, order.identity):
        return NOT_CHECKED
    if order.case_id and order.case_id not in {case.id for case in open_cases(office, subject.who.id)}:
        return NO_CASE
    try:
        with office.store.transaction():
            held = _held(office, deed, subject)
            return _ask(office, deed, held, order) if deed.rung.two else _do(office, deed, held, order, 0)
    except _Undo as undone:
        return Cannot(str(undone))


def perform(office: Office, deed: Deed, request: Request, who: Colleague) -> str | None:
    """Carry out what another asked for, inside the act that approves it; a sentence where it cannot be."""
    subject = find(office, request.facts["number"], request.contract_id)
    assert subject is not None, "members and contracts are never deleted"
    facts = request.facts
    order = Order(who, request.reason, identity.read(facts["identity"]), facts["case"], facts["what"])
    try:
        _do(office, deed, _held(office, deed, subject), order, request.id)
    except _Undo as undone:
        return str(undone)
    return None


def told(office: Office, deed: Deed, request: Request) -> list[tuple[str, str]]:
    """What a request is about, and while it waits what it would do if it were approved now."""
    facts, subject = request.facts, find(office, request.facts["number"], request.contract_id)
    assert subject is not None, "members and contracts are never deleted"
    rows = [("会員", f"{subject.who.name}さん（{subject.who.number}）")]
    rows += [("本人確認", identity.in_words(identity.read(facts["identity"]))), *deed.wish(facts["what"])]
    if facts["case"]:
        rows.append(("案件", str(facts["case"])))
    if request.outcome:
        return rows
    seen = deed.seen(office, subject, facts["what"])
    return [*rows, *seen.told, *([("いまはできません", seen.why)] if seen.why else [])]


def _held(office: Office, deed: Deed, subject: Subject) -> Subject:
    """The subject as it is now, held until the act ends: the member before the contract."""
    deed.first(office, subject)
    accounts.hold_member(office.store, subject.who.id)
    books.hold(office, subject.contract.id)
    found = find(office, subject.who.number, subject.contract.id)
    assert found is not None, "members and contracts are never deleted"
    return found


def _do(office: Office, deed: Deed, subject: Subject, order: Order, request_id: int) -> Done:
    seen = deed.seen(office, subject, order.facts)
    if seen.why:
        raise _Undo(seen.why)
    key = f"desk:{request_id}"
    did = deed.do(office, subject, order.facts, order.who, key)
    if isinstance(did, Cannot):
        raise _Undo(did.why)
    if not deed.has_letter:
        _tell(office, deed, subject, did)
    if order.case_id:
        cases.note_within(office, order.case_id, order.who.name, f"{deed.name}：{order.reason}")
    checked = identity.plain(order.identity)
    audit.note_within(
        office,
        Noted[deed.act.name],
        order.who.name,
        member_id=subject.who.id,
        case_id=order.case_id,
        check=checked["check"],
        told=[*checked["facts"], *([checked["document"]] if checked["document"] else [])],
        place=checked["place"],
        reason=order.reason,
        detail=did.detail,
        request=request_id,
    )
    return Done()


def _ask(office: Office, deed: Deed, subject: Subject, order: Order) -> Asked:
    """Ask for the act; the same again is the same request, another of its kind waits for that one."""
    seen = deed.seen(office, subject, order.facts)
    if seen.why:
        raise _Undo(seen.why)
    facts = {
        "number": subject.who.number,
        "identity": identity.plain(order.identity),
        "case": order.case_id,
        "what": {**order.facts, **seen.keep},
    }
    for one in four_eyes.of_contract(office, subject.contract.id):
        if one.act != deed.act.value or one.outcome or one.ends_at <= office.now():
            continue
        if one.facts == facts and one.reason == order.reason and one.asked_by == order.who.id:
            return Asked(one.id, repeated=True)
        raise _Undo(f"同じ手続きの依頼（番号 {one.id}）が、決まるのを待っています。")
    about = (order.reason, order.who, subject.who.id, order.case_id)
    return Asked(four_eyes.ask_within(office, deed.act.value, subject.contract.id, facts, *about))


def _tell(office: Office, deed: Deed, subject: Subject, did: Did) -> None:
    words, now = deed_letters.WORDS[deed.act], office.now()
    facts: dict[str, str | int | datetime] = {
        "at": now, "what": words.what, "means": words.means, "then": words.then, "detail": did.told,
    }  # fmt: skip
    kind = Kind.DESK_DONE if deed.rung.wished else Kind.DESK_DECIDED
    letters.write(office, kind, facts, member_id=subject.who.id, now=now)
