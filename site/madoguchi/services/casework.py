"""Working on cases: take one, give it back, hand it over, note on it, close it; nobody undoes another's work.

Every act names the last note that whoever acts has seen. What somebody else wrote since is told, and
nothing is done; the very same act sent twice is done once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from madoguchi.domain.applications import OPEN
from madoguchi.domain.staff import RIGHTS, Right, Role
from madoguchi.services import audit, cases
from madoguchi.services.audit import Noted
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import applications, incoming, queue, staff
from madoguchi.store import cases as rows
from madoguchi.store.cases import Case

# How a case that is closed by hand ended: the words stay, the sentences are for the desk.
OUTCOMES: Final = {
    "answered": "返事をした",
    "told": "会員に伝えた",
    "done": "手当てが済んだ",
    "no_need": "手当てはいらなかった",
    "twice": "ほかの案件と同じ",
}
NEEDS_WORDS: Final = frozenset({"no_need", "twice"})  # nothing was done: the words say why


@dataclass(frozen=True, slots=True)
class Glance:
    """A case as it stood on somebody's screen: its last note's number (0 without one), and who looks."""

    case_id: int
    last: int
    who: Colleague


@dataclass(frozen=True, slots=True)
class Done:
    """It is so."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody did something about the case meanwhile, or it is closed; nothing was written."""


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Somebody else has the case; nothing was written."""

    name: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What the case is about has to be decided first; nothing was written."""

    kind: CaseKind


Stopped = Changed | HeldBy


def begin_within(office: Office, glance: Glance | None) -> Stopped | None:
    """Hold a case for an act on what it is about; who acts has it from then on. None when all is well.

    Comes after the member's and the contract's locks. Without a glance there is no case to care for.
    """
    if glance is None:
        return None
    found = queue.hold(office.store, glance.case_id)
    if found is None or found[0].closed_at or found[1] != glance.last:
        return Changed()
    case, name = found[0], glance.who.name
    if case.taken_by not in ("", name):
        return HeldBy(case.taken_by)
    if not case.taken_by:
        queue.give(office.store, case.id, name, office.now())
    return None


def take(office: Office, glance: Glance) -> Done | Changed:
    """Have a case, also one that somebody else has."""
    name = glance.who.name
    with office.store.transaction():
        case = _held(office, glance)
        if case is None or case.closed_at:
            return Changed()
        if case.taken_by == name:
            return Done()
        if not _fresh(office, glance):
            return Changed()
        queue.give(office.store, case.id, name, office.now())
        text = f"{case.taken_by}さんから引き取りました" if case.taken_by else "引き受けました"
        cases.note_within(office, case.id, name, text)
        _log(office, Noted.CASE_TAKEN, glance, case, before=case.taken_by)
        return Done()


def give_back(office: Office, glance: Glance) -> Done | Changed | HeldBy:
    """Put a case that one has back into the queue."""
    with office.store.transaction():
        case = _held(office, glance)
        if case is None or case.closed_at:
            return Changed()
        if not case.taken_by:
            return Done()
        if case.taken_by != glance.who.name:
            return HeldBy(case.taken_by)
        queue.give(office.store, case.id, "", None)
        cases.note_within(office, case.id, glance.who.name, "受付箱に戻しました")
        _log(office, Noted.CASE_RETURNED, glance, case)
        return Done()


def hand_over(office: Office, glance: Glance, to: str, words: str) -> Done | Changed | HeldBy:
    """Hand a case that one has, or that nobody has, to a colleague who works on cases; `words` are for them.

    LookupError for a name that nobody here has.
    """
    if to not in colleagues(office):
        raise LookupError(f"nobody called {to} works on cases")
    with office.store.transaction():
        case = _held(office, glance)
        if case is None or case.closed_at:
            return Changed()
        if case.taken_by == to:
            return Done()
        if case.taken_by not in ("", glance.who.name):
            return HeldBy(case.taken_by)
        if not _fresh(office, glance):
            return Changed()
        queue.give(office.store, case.id, to, office.now())
        cases.note_within(office, case.id, glance.who.name, f"{to}さんに引き継ぎました：{words}")
        _log(office, Noted.CASE_HANDED, glance, case, to=to)
        return Done()


def note(office: Office, glance: Glance, text: str) -> Done | Changed:
    """Write down what was said or done; the same by the same person, as the last note, is written once."""
    with office.store.transaction():
        case = _held(office, glance)
        if case is None:
            return Changed()
        told = rows.notes(office.store, case.id)
        if told and (told[-1].by_whom, told[-1].text) == (glance.who.name, text):
            return Done()
        if not _fresh(office, glance):
            return Changed()
        cases.note_within(office, case.id, glance.who.name, text)
        _log(office, Noted.CASE_NOTED, glance, case)
        return Done()


def close(office: Office, glance: Glance, outcome: str, text: str) -> Done | Changed | HeldBy | Unfinished:
    """Close a case with a word of OUTCOMES and what was done; a case that was closed just so is left.

    For an outcome of NEEDS_WORDS, `text` says why.
    """
    assert outcome in OUTCOMES, outcome
    assert text or outcome not in NEEDS_WORDS, "whoever comes later has to know why"
    with office.store.transaction():
        case = _held(office, glance)
        if case is None:
            return Changed()
        if case.closed_at:
            return Done() if case.outcome == outcome else Changed()
        if _is_unfinished(office, case):
            return Unfinished(CaseKind(case.kind))
        if stopped := begin_within(office, glance):
            return stopped
        finish_within(office, glance, outcome, text)
        return Done()


def finish_within(office: Office, glance: Glance, outcome: str, text: str) -> None:
    """Close a case that is held inside an act that is open, as the last thing it does."""
    case = rows.read(office.store, glance.case_id)
    assert case is not None, "it is held"
    words = f"{OUTCOMES[outcome]}：{text}" if text else OUTCOMES[outcome]
    cases.note_within(office, case.id, glance.who.name, words)
    cases.close_within(office, case.id, outcome)
    _log(office, Noted.CASE_CLOSED, glance, case, outcome=outcome)


def colleagues(office: Office) -> list[str]:
    """The names of all who work on cases."""
    here = [one for one in staff.everybody(office.store) if one.left_at is None]
    return [one.name for one in here if Right.WORK_CASES in RIGHTS[Role(one.role)]]


def _held(office: Office, glance: Glance) -> Case | None:
    found = queue.hold(office.store, glance.case_id)
    return found[0] if found else None


def _fresh(office: Office, glance: Glance) -> bool:
    """Whether nothing was noted since; the case is held."""
    found = queue.hold(office.store, glance.case_id)
    return found is not None and found[1] == glance.last


def _is_unfinished(office: Office, case: Case) -> bool:
    """Whether an application waits for its decision, or money for its owner: deciding closes the case."""
    if case.subject_id is None:
        return False
    if case.kind == CaseKind.PAYMENT.value:
        payment = incoming.read(office.store, case.subject_id)
        return payment is not None and payment.state in (incoming.OPEN, incoming.READY, incoming.KEPT)
    if case.kind != CaseKind.APPLICATION.value:
        return False
    one = applications.read(office.store, case.subject_id)
    return one is not None and one.stage in OPEN


def _log(office: Office, noted: Noted, glance: Glance, case: Case, **facts: Any) -> None:
    about: dict[str, Any] = {"member_id": case.member_id, "case_id": case.id}
    audit.note_within(office, noted, glance.who.name, **about, **facts)
