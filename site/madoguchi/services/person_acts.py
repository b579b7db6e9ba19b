"""What takes two people about a person: another name, new contacts for lost ones, and a death."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from madoguchi.domain.letters import Channel, Kind
from madoguchi.domain.rights import State
from madoguchi.services import (
    audit,
    books,
    cases,
    codes,
    details,
    four_eyes,
    fresh_start,
    letters,
    mail_change,
    stops,
)
from madoguchi.services.audit import Noted
from madoguchi.services.cases import CaseKind
from madoguchi.services.deed import DEAD, DEATH
from madoguchi.services.details import Changed, Detail, Unchanged
from madoguchi.services.four_eyes import Act
from madoguchi.services.mail_change import Unreachable
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import counter, credentials, mandates, members, passkeys, persons, second_step, states
from madoguchi.store.desk_requests import Request
from madoguchi.store.persons import Bounced, Person

MOST: Final = 200
YES: Final = "はい"
SHARED: Final = ("shared", "ほかの会員と共用のアドレスか")
NOT_BOUNCED: Final = (
    "いまのメールアドレスは戻ってきていないため、ここでは変えられません。"
    "会員が会員サイトで変えるか、電話もメールも使えないときは、店頭で連絡先を登録し直してください。"
)


def person(office: Office, number: str) -> Person | None:
    """Return a member by number."""
    return persons.by_number(office.store, number)


def ask(office: Office, act: Act, who: Person, facts: Mapping[str, Any], reason: str, by: Colleague) -> int:
    """Ask for an act about a person; the very same that still waits is one request."""
    with office.store.transaction():
        books.hold(office, who.contract_id)
        for waiting in four_eyes.of_contract(office, who.contract_id):
            same = waiting.act == act.word and waiting.asked_by == by.id and waiting.facts == facts
            if same and not waiting.outcome and waiting.ends_at > office.now():
                return waiting.id
        return four_eyes.ask_within(office, act.word, who.contract_id, facts, reason, by)


def rename(office: Office, request: Request, who: Colleague) -> str | None:
    """Put another name on file inside the act that approves it; the old one stays in the history."""
    member_id, facts = _member(office, request), request.facts
    if persons.hold(office.store, member_id):
        return DEAD
    new = {name: facts[name] for name in details.COLUMNS[Detail.NAME]}
    if isinstance(details.change_within(office, member_id, Detail.NAME, new, who.name), Unchanged):
        return "お名前は、もうこのとおりになっています。"
    now = office.now()
    letters.write(office, Kind.NAME_CHANGED, {"at": now}, member_id=member_id, now=now)
    _note(office, Noted.NAME_CHANGED, request, who, member_id)
    return None


def renew_contacts(office: Office, request: Request, who: Colleague) -> str | None:
    """Put a phone and a mail address on file for whoever lost both, and end what the lost ones opened.

    With `app` the authenticator app is gone as well. A bank account that is changed next still waits its
    hours; the old address and the old phone are told.
    """
    member_id, facts = _member(office, request), request.facts
    if persons.hold(office.store, member_id):
        return DEAD
    if why := _enter(office, member_id, facts, who):
        return why
    new = {"phone": facts["phone"]}
    done = details.change_within(office, member_id, Detail.PHONE, new, who.name)
    if isinstance(done, Changed):
        letters.write(office, Kind.PHONE_CHANGED, {"at": office.now()}, member_id=member_id)
        _text(office, Kind.PHONE_CHANGED_TEXT, member_id, str(done.was["phone"]))
    fresh_start.sign_out(office, member_id)
    if facts["app"] == YES:
        second_step.remove_totp(office.store, member_id)
    _note(office, Noted.CONTACTS_RENEWED, request, who, member_id, app=facts["app"])
    return None


def note_death(office: Office, request: Request, who: Colleague) -> str | None:
    """Note a death: nobody signs in, borrows, is debited or written to; a case is opened for the heirs."""
    member_id, store, now = _member(office, request), office.store, office.now()
    if not persons.died(store, member_id, date.fromisoformat(request.facts["died_on"])):
        return "亡くなられたことは、もう登録されています。"
    for contract_id in persons.contracts_of(store, member_id):
        books.hold(office, contract_id)
        states.insist(store, contract_id, State.SUSPENDED, now, DEATH, who.name)
        stops.hold(store, contract_id, now, DEATH, who.name)
        counter.stop_all(store, contract_id, now)
        for state in (mandates.ASKED, mandates.ACTIVE):  # a debit that is at the bank goes on
            if mandate := mandates.in_state(store, contract_id, state):
                mandates.ended(store, mandate.id, now, DEATH)
    credentials.lock_web_id(store, member_id, now, DEATH)
    passkeys.remove_all(store, member_id)
    fresh_start.sign_out(office, member_id)
    details.change_within(office, member_id, Detail.MAIL, {"email": ""}, who.name)
    about: dict[str, Any] = {"member_id": member_id, "contract_id": request.contract_id}
    case = cases.open_within(office, CaseKind.HEIRS, {"request": request.id}, **about)
    cases.note_within(office, case.case_id, who.name, f"ご連絡をくださった方：{request.facts['heirs']}")
    _note(office, Noted.DEATH_NOTED, request, who, member_id, case.case_id)
    return None


def undo_death(office: Office, request: Request, who: Colleague) -> str | None:
    """Take back a death that was noted for the wrong person; mandates and passkeys are made anew."""
    member_id, store, now = _member(office, request), office.store, office.now()
    if not persons.alive(store, member_id):
        return "亡くなられたことは、登録されていません。"
    for contract_id in persons.contracts_of(store, member_id):
        books.hold(office, contract_id)
        states.end_reason(store, contract_id, State.SUSPENDED, DEATH, now)
        _free_card(office, contract_id)
    credentials.unlock_web_id(store, member_id, DEATH)
    last = details.past(office, member_id, Detail.MAIL)
    if last and not last[0].became["email"]:
        details.change_within(office, member_id, Detail.MAIL, {"email": last[0].was["email"]}, who.name)
    _note(office, Noted.DEATH_UNDONE, request, who, member_id)
    return None


def _free_card(office: Office, contract_id: int) -> None:
    """End the hold that a death set; a hold for another reason stays, and is the card's again."""
    store, now = office.store, office.now()
    states.end_reason(store, contract_id, State.HELD, DEATH, now)
    if credentials.held_why(store, contract_id) != DEATH:
        return
    left = states.reasons(store, contract_id, State.HELD)
    after, why = ("held", left[-1]) if left else ("active", DEATH)
    credentials.set_card_state(store, contract_id, "held", after, why, now)


def set_mail_right(office: Office, request: Request, who: Colleague) -> str | None:
    """Put a mail address on file in the place of one that comes back, as a member told it by phone.

    A member whose mail arrives changes it by a link. The old address and the phone are told.
    """
    member_id, facts = _member(office, request), request.facts
    if persons.hold(office.store, member_id):
        return DEAD
    if not persons.is_bounced(office.store, member_id):
        return NOT_BOUNCED
    if why := _enter(office, member_id, facts, who):
        return why
    phone = details.on_file(office, member_id).phone
    _text(office, Kind.MAIL_CHANGED_TEXT, member_id, phone)
    told: dict[str, Any] = {"asked": facts["asked"], "reason": request.reason, "request": request.id}
    audit.note_within(office, Noted.MAIL_SET_RIGHT, who.name, member_id=member_id, **told)
    return None


def _enter(office: Office, member_id: int, facts: Mapping[str, Any], who: Colleague) -> str | None:
    """Put an address on file; one that another member has only where both are known to share it."""
    if facts.get("shared") != YES and mail_change.is_taken(office, facts["email"], member_id):
        return mail_change.TAKEN
    done = mail_change.enter_within(office, member_id, facts["email"], who.name)
    return "このメールアドレスには送れません。" if isinstance(done, Unreachable) else None


def _text(office: Office, kind: Kind, member_id: int, phone: str) -> None:
    if codes.carried(office, Channel.TEXT):
        letters.write(office, kind, {"at": office.now()}, member_id=member_id, to=phone)


def against_mail(office: Office, who: Person) -> str:
    """Why a mail address cannot be set right by phone; "" where it can."""
    return "" if persons.is_bounced(office.store, who.member_id) else NOT_BOUNCED


def bounced(office: Office) -> list[Bounced]:
    """Return members whose mail comes back, the longest first."""
    return persons.bounced(office.store, MOST)


def _told(*names: tuple[str, str]) -> four_eyes.Told:
    """What whoever decides is told: the member, some facts of the request, and the papers."""

    def told(office: Office, request: Request) -> Sequence[tuple[str, str]]:
        rows = [("会員番号", members.number_of_contract(office.store, request.contract_id or 0))]
        rows += [(words, str(request.facts.get(name) or "")) for name, words in names]
        papers = request.facts.get("document", ""), request.facts.get("place", "")
        rows.append(("確かめた書類", "（".join(papers) + "）" if all(papers) else ""))
        return [(words, value) for words, value in rows if value]

    return told


def _member(office: Office, request: Request) -> int:
    assert request.contract_id is not None, "it is about a contract"
    return persons.of_contract(office.store, request.contract_id)


def _note(
    office: Office, noted: Noted, request: Request, who: Colleague, member_id: int, case: int | None = None,
    **more: Any,
) -> None:  # fmt: skip
    papers = {name: request.facts[name] for name in ("document", "place")}
    told: dict[str, Any] = {"request": request.id, **papers, **more}
    audit.note_within(office, noted, who.name, member_id=member_id, case_id=case, **told)


RENAME: Final = Act(
    "rename", "お名前の変更",
    _told(("name", "新しいお名前"), ("name_kana", "カナ"), ("name_romaji", "ローマ字")), rename,
)  # fmt: skip
CONTACTS: Final = Act(
    "renew_contacts", "連絡先の登録し直し",
    _told(("phone", "新しい電話番号"), ("email", "新しいメール"), ("app", "認証アプリも外すか"),
          SHARED),
    renew_contacts,
)  # fmt: skip
MAIL: Final = Act(
    "set_mail_right", "メールアドレスの訂正",
    _told(("email", "正しいメール"), ("asked", "お電話で確かめたこと"), SHARED), set_mail_right,
)  # fmt: skip
DIED: Final = Act(
    "note_death", "亡くなられた会員の手続き",
    _told(("died_on", "亡くなられた日"), ("heirs", "ご連絡をくださった方")), note_death,
)  # fmt: skip
UNDIED: Final = Act("undo_death", "亡くなられた登録の取り消し", _told(), undo_death)
ACTS: Final = (RENAME, CONTACTS, MAIL, DIED, UNDIED)
