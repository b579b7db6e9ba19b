"""The desk's acts on what a contract may: suspend, resume, lift a stop, close, end, debt arrangement."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.documents import DocumentKind
from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.money import format_yen
from madoguchi.domain.present import counted_to
from madoguchi.domain.rights import State
from madoguchi.services import borrow_stop, closing, documents
from madoguchi.services.calling_in import CALLED_IN
from madoguchi.services.deed import CLOSED, DEATH, Deed, Did, Facts, Seen, Subject
from madoguchi.services.deeds_card import REASONS
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import borrow_stops, sessions, states
from madoguchi.store.arrangements import ARRANGEMENT

BY_LENDER: Final = "ご契約の定めによる終了"
WHY: Final = {"misuse": "不正な利用の疑い", "investigation": "事実の確認", "ability": "ご返済の力の確認"}
ALL: Final = {**REASONS, **WHY, ARRANGEMENT: "債務整理", CALLED_IN: "残りの全額のご請求"}
ACTS_OF_THEIR_OWN: Final = (ARRANGEMENT, DEATH, CALLED_IN)  # set by two people or ended by another act
LATER: Final = "先の日付の記録があるため、今日はできません。"


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
    """What another act set or ends is no reason of the desk's own."""
    reasons = _reasons(office, subject, State.SUSPENDED)
    why = "" if _own(reasons) else "解ける利用停止はありません。"
    return Seen(_shown("利用停止の理由", reasons), CLOSED if subject.closed else why)


def _resume(office: Office, subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    return _ended(office, subject, State.SUSPENDED, _own(_reasons(office, subject, State.SUSPENDED)))


def _own(reasons: list[str]) -> list[str]:
    return [reason for reason in reasons if reason not in ACTS_OF_THEIR_OWN]


def _look_stop(office: Office, subject: Subject, facts: Facts) -> Seen:
    """A request keeps the reasons it was made for: what stops borrowing later is not lifted by it."""
    reasons = _reasons(office, subject, State.STOPPED)
    wished = [reason for reason in facts.get("reasons", reasons) if reason in reasons]
    why = "" if wished else "解ける借入ストップはありません。"
    told = _shown("借入ストップの理由", reasons)
    return Seen(told, CLOSED if subject.closed else why, {"reasons": wished})


def _lift_stop(office: Office, subject: Subject, facts: Facts, _who: Colleague, _key: str) -> Did:
    """The member's own stop has a row of its own besides."""
    own = borrow_stops.present(office.store, subject.contract.id)
    if own and borrow_stop.REASON in facts["reasons"]:
        borrow_stops.end(office.store, own.id, office.now())
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
    ahead = subject.row.standing.accrued_to or office.business_day()
    later = LATER if ahead > office.business_day() else ""
    return Seen(told, CLOSED if subject.closed else coming or later)


def _close(office: Office, subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    closing.close_within(office, subject.contract.id, closing.BY_MEMBER)
    return Did()


def _end(office: Office, subject: Subject, _facts: Facts, who: Colleague, _key: str) -> Did:
    """The lender's own end: what is owed is still repaid, by a mandate too while there is one."""
    store, contract_id, now = office.store, subject.contract.id, office.now()
    states.close(store, contract_id, office.business_day(), BY_LENDER)
    states.begin(store, contract_id, State.CLOSED, now, BY_LENDER, who.name)
    sessions.end_all(store, subject.who.id)
    closing.end_wishes_within(office, contract_id)
    if not subject.row.standing.debt:
        closing.end_mandates_within(office, contract_id)
        documents.issue_within(office, contract_id, DocumentKind.PAID)
    return Did(f"債務 {format_yen(subject.row.standing.debt)}円")


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
    Deed(DeskAct.CLOSE, "ご希望で解約する", _look_close, _close, has_letter=True),
    Deed(DeskAct.END, "会社から契約を終える", _look_end, _end),
    Deed(DeskAct.ARRANGE, "債務整理の通知を記録する", _look_arrange, _arrange),
    Deed(DeskAct.ARRANGED, "債務整理の終わりを記録する", _look_arranged, _arranged),
)
