"""The desk's acts on what a contract may: suspend, resume, lift a stop, close, end, debt arrangement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.money import format_yen
from madoguchi.domain.present import counted_to
from madoguchi.domain.rights import State
from madoguchi.services import contracts
from madoguchi.services.books import Backdated
from madoguchi.services.contracts import StillOwing
from madoguchi.services.deed import CLOSED, Deed, Did, Facts, Seen, Subject
from madoguchi.services.deeds_card import REASONS
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import mandates, sessions, states
from madoguchi.store.arrangements import ARRANGEMENT

BY_WISH: Final = "ご本人の希望"
BY_LENDER: Final = "ご契約の定めによる終了"
WITH_CONTRACT: Final = "closed"  # why a mandate ends
WHY: Final = {"misuse": "不正な利用の疑い", "investigation": "事実の確認", "ability": "ご返済の力の確認"}
ALL: Final = {**REASONS, **WHY, ARRANGEMENT: "債務整理"}
LATER: Final = "先の日付の記録があるため、今日はできません。"
Do = Callable[[Office, Subject, Facts, Colleague, str], Did | Cannot]


def _reasons(office: Office, subject: Subject, state: State) -> list[str]:
    return states.reasons(office.store, subject.contract.id, state)


def _shown(name: str, reasons: list[str]) -> list[tuple[str, str]]:
    return [(name, "・".join(ALL.get(reason, reason) for reason in reasons) or "なし")]


def _look_suspend(office: Office, subject: Subject, facts: Facts) -> Seen:
    reasons = _reasons(office, subject, State.SUSPENDED)
    again = "この理由では、もう止めています。" if facts.get("why") in reasons else ""
    return Seen(_shown("利用停止の理由", reasons), CLOSED if subject.closed else again)


def _suspend(office: Office, subject: Subject, facts: Facts, who: Colleague, _key: str) -> Did:
    now = office.now()
    states.insist(office.store, subject.contract.id, State.SUSPENDED, now, facts["why"], who.name)
    return Did(facts["why"])


def _look_resume(office: Office, subject: Subject, _facts: Facts) -> Seen:
    """A debt arrangement is ended by an act of its own."""
    reasons = _reasons(office, subject, State.SUSPENDED)
    own = [reason for reason in reasons if reason != ARRANGEMENT]
    why = "" if own else "解ける利用停止はありません。"
    return Seen(_shown("利用停止の理由", reasons), CLOSED if subject.closed else why)


def _resume(office: Office, subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    reasons = [reason for reason in _reasons(office, subject, State.SUSPENDED) if reason != ARRANGEMENT]
    return _ended(office, subject, State.SUSPENDED, reasons)


def _look_stop(office: Office, subject: Subject, facts: Facts) -> Seen:
    """A request keeps the reasons it was made for: what stops borrowing later is not lifted by it."""
    reasons = _reasons(office, subject, State.STOPPED)
    wished = [reason for reason in facts.get("reasons", reasons) if reason in reasons]
    why = "" if wished else "解ける借入ストップはありません。"
    told = _shown("借入ストップの理由", reasons)
    return Seen(told, CLOSED if subject.closed else why, {"reasons": wished})


def _lift_stop(office: Office, subject: Subject, facts: Facts, _who: Colleague, _key: str) -> Did:
    return _ended(office, subject, State.STOPPED, facts["reasons"])


def _ended(office: Office, subject: Subject, state: State, reasons: list[str]) -> Did:
    for reason in reasons:
        states.end_reason(office.store, subject.contract.id, state, reason, office.now())
    return Did("・".join(reasons))


def _look_close(office: Office, subject: Subject, _facts: Facts) -> Seen:
    """Closing by wish asks for exact zero."""
    seen = _look_end(office, subject, {})
    now = counted_to(subject.row.standing, office.business_day(), office.rules.product)
    owing = now.debt or now.deposit or now.coming
    return Seen(seen.told, seen.why or ("残高と預り金が、ちょうど0円のときだけできます。" if owing else ""))


def _look_end(office: Office, subject: Subject, _facts: Facts) -> Seen:
    now = counted_to(subject.row.standing, office.business_day(), office.rules.product)
    told = [("残っている債務", f"{format_yen(now.debt)}円"), ("預り金", f"{format_yen(now.deposit)}円")]
    coming = "送金中のお借り入れがあるため、まだできません。" if now.coming else ""
    return Seen(told, CLOSED if subject.closed else coming)


def _close(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did | Cannot:
    done = contracts.close_within(office, subject.contract.id, BY_WISH, who.name)
    if isinstance(done, Backdated):
        return Cannot(LATER)
    if isinstance(done, StillOwing):
        return Cannot(f"{format_yen(done.debt + done.deposit)}円が残っています。")
    _end_mandates(office, subject)
    return Did()


def _end(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did:
    """The lender's own end: what is owed is still repaid, by a mandate too while there is one."""
    store, contract_id, now = office.store, subject.contract.id, office.now()
    states.close(store, contract_id, office.business_day(), BY_LENDER)
    states.begin(store, contract_id, State.CLOSED, now, BY_LENDER, who.name)
    sessions.end_all(store, subject.who.id)
    if not subject.row.standing.debt:
        _end_mandates(office, subject)
    return Did(f"債務 {format_yen(subject.row.standing.debt)}円")


def _end_mandates(office: Office, subject: Subject) -> None:
    for state in (mandates.ASKED, mandates.ACTIVE):
        if found := mandates.in_state(office.store, subject.contract.id, state):
            mandates.ended(office.store, found.id, office.now(), WITH_CONTRACT)


def _look_arrange(office: Office, subject: Subject, _facts: Facts) -> Seen:
    reasons = _reasons(office, subject, State.SUSPENDED)
    told = [
        *_shown("利用停止の理由", reasons),
        ("止まるもの", "督促・返済日のお知らせ・口座振替の請求・お借り入れ"),
    ]
    return Seen(told, "債務整理の記録が、もうあります。" if ARRANGEMENT in reasons else "")


def _arrange(office: Office, subject: Subject, facts: Facts, who: Colleague, _key: str) -> Did:
    store, now = office.store, office.now()
    states.insist(store, subject.contract.id, State.SUSPENDED, now, ARRANGEMENT, who.name)
    return Did(f"通知の日 {facts['day']}")


def _look_arranged(office: Office, subject: Subject, _facts: Facts) -> Seen:
    reasons = _reasons(office, subject, State.SUSPENDED)
    why = "" if ARRANGEMENT in reasons else "債務整理の記録はありません。"
    return Seen(_shown("利用停止の理由", reasons), why)


def _arranged(office: Office, subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    return _ended(office, subject, State.SUSPENDED, [ARRANGEMENT])


def _stops(facts: Facts) -> list[tuple[str, str]]:
    return _shown("解くもの", facts["reasons"])


STATE: Final = (
    Deed(DeskAct.SUSPEND, "利用を止める", _look_suspend, _suspend),
    Deed(DeskAct.RESUME, "利用の停止を解く", _look_resume, _resume),
    Deed(DeskAct.LIFT_STOP, "借入ストップを早く解く", _look_stop, _lift_stop, _stops),
    Deed(DeskAct.CLOSE, "ご希望で解約する", _look_close, _close),
    Deed(DeskAct.END, "会社から契約を終える", _look_end, _end),
    Deed(DeskAct.ARRANGE, "債務整理の通知を記録する", _look_arrange, _arrange),
    Deed(DeskAct.ARRANGED, "債務整理の終わりを記録する", _look_arranged, _arranged),
)
