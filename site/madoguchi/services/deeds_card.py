"""The desk's acts on a card: hold, release, lost, reissue, another PIN at the counter's screen."""

from __future__ import annotations

from typing import Any, Final

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.numbers import is_card_number
from madoguchi.domain.rights import State
from madoguchi.domain.widths import is_digits
from madoguchi.services import card, counter, locks, reissue, stops
from madoguchi.services.counter import Purpose
from madoguchi.services.deed import CLOSED, DEATH, Deed, Did, Facts, Seen, Subject
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import counter as counter_rows
from madoguchi.store import credentials, states

DESK: Final = "desk"  # the reason of a hold that the lender's people set
REPORTED: Final = "reported"
REISSUED: Final = "reissue"
STATES: Final = {
    "active": "使える",
    "held": "停止中",
    "lost": "紛失",
    "replaced": "交換ずみ",
    "": "カードなし",
}
REASONS: Final = {
    "guessing": "暗証番号の間違い",
    "not_me": "「身に覚えがない」のお届け",
    "misuse": "覚えのない取引のお届け",
    "lost_report": "紛失のお届け（ログインなし）",
    "own": "ご本人が会員サイトで停止",
    "member": "ご本人のお申し出",
    "desk": "窓口で停止",
    DEATH: "亡くなられた登録",
}
NO_CARD: Final = "カードがありません。"
IS_LOST: Final = "紛失のお届けがあったカードは、元に戻せません。新しいカードを作る手続きをしてください。"
NOT_OURS: Final = "このカード番号は、当社のカードの番号ではありません。打ち間違いがないか確かめてください。"
TAKEN: Final = "このカード番号は、もう使われています。番号を確かめてください。"


def _look(office: Office, subject: Subject, _facts: Facts) -> Seen:
    """The card as it is; of an open contract alone."""
    one = subject.contract
    reasons = states.reasons(office.store, one.id, State.HELD)
    why = "・".join(REASONS.get(reason, reason) for reason in reasons)
    told = [("カード", f"末尾 {one.card[-4:]}（{STATES[one.card_state]}）" if one.card else STATES[""])]
    told += [("止めている理由", why)] if why else []
    return Seen(told, CLOSED if subject.closed else "" if one.card_state else NO_CARD)


def _because(seen: Seen, why: str) -> Seen:
    return Seen(seen.told, seen.why or why, seen.keep)


def _look_hold(office: Office, subject: Subject, facts: Facts) -> Seen:
    seen, one = _look(office, subject, facts), subject.contract
    held = DESK in states.reasons(office.store, one.id, State.HELD)
    known = {"lost": IS_LOST, "replaced": NO_CARD}.get(one.card_state, "")
    return _because(seen, "窓口で、もう止めています。" if held else known)


def _hold(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did:
    """Hold the card for this reason too where its owner could lift another."""
    store, now, contract_id = office.store, office.now(), subject.contract.id
    stops.hold(store, contract_id, now, DESK, who.name)
    return Did()


def _look_release(office: Office, subject: Subject, facts: Facts) -> Seen:
    state = subject.contract.card_state
    why = IS_LOST if state == "lost" else "カードは止まっていません。"
    return _because(_look(office, subject, facts), "" if state == "held" else why)


def _release(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did:
    reasons = states.reasons(office.store, subject.contract.id, State.HELD)
    locks.releasing(office, subject.contract.id, subject.who.id, who.name)
    return Did("・".join(reasons))


def _look_lost(office: Office, subject: Subject, facts: Facts) -> Seen:
    state = subject.contract.card_state
    why = "紛失のお届けを、もう受けています。" if state == "lost" else NO_CARD
    return _because(_look(office, subject, facts), "" if state in ("active", "held") else why)


def _lose(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did:
    """The card never works again; a case sees to another one."""
    store, now, contract_id = office.store, office.now(), subject.contract.id
    for state in ("held", "active"):
        credentials.set_card_state(store, contract_id, state, "lost", REPORTED, now)
    states.end(store, contract_id, State.HELD, now)
    states.begin(store, contract_id, State.LOST, now, REPORTED, who.name)
    return Did(f"案件 {card.reissue_within(office, subject.who.id, contract_id, DESK)}")


def _look_reissue(office: Office, subject: Subject, facts: Facts) -> Seen:
    seen, number = _look(office, subject, facts), str(facts.get("card_number", ""))
    if not number or seen.why == CLOSED:
        return Seen(seen.told, CLOSED if subject.closed else "")
    rules = office.rules.contracts
    if not is_digits(number) or len(number) != rules.card_digits:
        return Seen(seen.told, f"カード番号は{rules.card_digits}桁です。")
    if credentials.card_known(office.store, number):
        return Seen(seen.told, TAKEN)
    ours = is_card_number(number, rules.card_prefix, rules.card_digits)
    return Seen(seen.told, "" if ours else NOT_OURS)


def _reissue(office: Office, subject: Subject, facts: Facts, who: Colleague, _key: str) -> Did | Cannot:
    """The old card ends, the new one waits for the PIN that its member types at the counter's screen."""
    store, now, contract_id = office.store, office.now(), subject.contract.id
    credentials.replace_cards(store, contract_id, REISSUED, now)
    credentials.add_card(store, contract_id, facts["card_number"], None, now)
    for state in (State.LOST, State.HELD):
        states.end(store, contract_id, state, now)
    reissue.handed_within(office, subject.who.id, contract_id, who.name)
    return _ticket(office, contract_id, Purpose.NEW, who)


def _look_pin(office: Office, subject: Subject, facts: Facts) -> Seen:
    lost = subject.contract.card_state == "lost"
    return _because(_look(office, subject, facts), IS_LOST if lost else "")


def _reset_pin(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did | Cannot:
    return _ticket(office, subject.contract.id, Purpose.RESET, who)


def _ticket(office: Office, contract_id: int, purpose: Purpose, who: Colleague) -> Did | Cannot:
    found = counter_rows.card_of(office.store, contract_id)
    if found is None:
        return Cannot(NO_CARD)
    ticket: Any = counter.open_ticket_within(office, contract_id, found[0], purpose, who)
    return Did(f"窓口の画面 {ticket}")


def _tail(facts: Facts) -> list[tuple[str, str]]:
    return [("新しいカード", f"末尾 {facts['card_number'][-4:]}")]


CARD: Final = (
    Deed(DeskAct.HOLD, "カードを止める", _look_hold, _hold),
    Deed(DeskAct.RELEASE, "カードの停止を解く", _look_release, _release, has_letter=True),
    Deed(DeskAct.LOST, "カードの紛失を受け付ける", _look_lost, _lose),
    Deed(DeskAct.REISSUE, "新しいカードを渡す", _look_reissue, _reissue, _tail),
    Deed(DeskAct.PIN_RESET, "暗証番号を決め直す", _look_pin, _reset_pin),
)
