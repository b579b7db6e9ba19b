"""The desk's acts on money: a waiver, an adjustment by reversing entries; each shown before it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import replay
from madoguchi.domain import standing as money
from madoguchi.domain.channels import Channel, channel_of, entry_label
from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.mercy import DueMoved
from madoguchi.domain.money import format_yen
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Split, Standing
from madoguchi.services import books, corrections, incoming_undone, lives, mercy, posting
from madoguchi.services.books import Act, Posted
from madoguchi.services.deed import Deed, Did, Facts, Seen, Subject
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.office import Office
from madoguchi.services.retelling import LATELY, untell_within
from madoguchi.services.staff import Colleague
from madoguchi.services.telling import tell
from madoguchi.store import closed_days, entries, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry

CLAIMS: Final = {"fees": "手数料", "damages": "遅延損害金", "interest": "利息"}
# Drawdowns and returned deposits are not among them: their money goes back by the bank's or the ATM's word.
CAN_BE_UNDONE: Final = (EntryKind.REPAYMENT, EntryKind.FEE, EntryKind.WAIVER)
FEW: Final = 60
_NEW: Final = 10**14  # the place of what is posted instead: behind everything of its day
LATER: Final = "先の日付の記録があるため、今日はできません。"
GONE: Final = "選んだ取引は、もう取り消されているか、取り消せない種類です。"
BROKEN: Final = "この取引がないと、あとの取引（預り金の返還など）が成り立たないため、取り消せません。"
NOT_A_PAYMENT: Final = "正しい金額と日を入れられるのは、返済だけです。"
FROM_A_FILE: Final = (
    "入金ファイルから記帳した返済です。正しい金額は入れずに取り消してください。"
    "入金は預かり中に戻り、入金の画面から正しい会員に記帳するか、送り返せます。"
)
BEFORE: Final = "正しい日は、契約の初めから今日までのあいだで入れてください。"


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry that can be taken back, in words."""

    seq: int
    words: str


def _owed(office: Office, subject: Subject) -> Standing:
    return counted_to(subject.row.standing, office.business_day(), office.rules.product)


def _yen(amount: int) -> str:
    return f"{format_yen(amount)}円"


def _effect(before: Standing, after: Standing) -> list[tuple[str, str]]:
    """Each figure before and after."""
    figures = {
        "元金": (before.principal, after.principal),
        "利息（今日まで）": (before.interest, after.interest),
        "遅延損害金（今日まで）": (before.damages, after.damages),
        "手数料": (before.fees, after.fees),
        "預り金": (before.deposit, after.deposit),
        "支払いの合計": (before.debt, after.debt),
    }
    told = [(name, f"{_yen(was)} → {_yen(now)}") for name, (was, now) in figures.items() if was != now]
    late = {True: "遅れている", False: "遅れていない"}
    was_late, now_late = before.late_since is not None, after.late_since is not None
    return told + ([("返済の状態", f"{late[was_late]} → {late[now_late]}")] if was_late != now_late else [])


def _look_waiver(office: Office, subject: Subject, facts: Facts) -> Seen:
    owed = _owed(office, subject)
    told = [(f"いまの{words}", _yen(getattr(owed, name))) for name, words in CLAIMS.items()]
    if not (owed.fees or owed.damages or owed.interest):
        return Seen(told, "免除できる利息・遅延損害金・手数料はありません。")
    if not facts:
        return Seen(told)
    over = [words for name, words in CLAIMS.items() if facts[name] > getattr(owed, name)]
    if over:
        return Seen(told, f"{'・'.join(over)}は、いま支払いが必要な額までです。")
    if not any(facts[name] for name in CLAIMS):
        return Seen(told, "免除する額を入れてください。")
    after, _ = _waived(office, owed, facts)
    return Seen(_effect(owed, after))


def _waived(office: Office, owed: Standing, facts: Facts) -> tuple[Standing, Split]:
    day, product = office.business_day(), office.rules.product
    return money.waive(owed, day, facts["damages"], facts["interest"], product, facts["fees"])


def _waive(office: Office, subject: Subject, facts: Facts, _who: Colleague, key: str) -> Did | Cannot:
    act = Act(EntryKind.WAIVER, 0, office.business_day(), Channel.HOUSE, key)

    def step(row: ContractRow) -> tuple[Standing, Split]:
        return _waived(office, row.standing, facts)

    done = books.perform_within(office, subject.contract.id, act, step)
    if not isinstance(done, Posted):
        return Cannot(LATER)
    words = "、".join(f"{name} {value}" for name, value in _amounts(facts))
    return Did(f"取引 {done.entry.seq}：{words}", words)


def _amounts(facts: Facts) -> list[tuple[str, str]]:
    return [(words, _yen(facts[name])) for name, words in CLAIMS.items() if facts[name]]


def choices(office: Office, subject: Subject) -> list[Choice]:
    """Return the entries that can be taken back, the newest first."""
    found = [entry for entry in _standing(office, subject) if entry.kind in CAN_BE_UNDONE]
    return [Choice(entry.seq, _words(entry)) for entry in reversed(found[-FEW:])]


def _words(entry: Entry) -> str:
    amount = entry.amount or entry.fees + entry.damages + entry.interest
    day = entry.value_date
    return f"{day.year}年{corrections.day(day)} {entry_label(entry.kind, entry.cause)} {_yen(amount)}"


def _standing(office: Office, subject: Subject) -> list[Entry]:
    posted = list(entries.stream(office.store, subject.contract.id, subject.contract.id))
    return [entry for entry, _root in lives.standing_entries(posted)]


def _chosen(office: Office, subject: Subject, seq: int) -> Entry | None:
    found = [one for one in _standing(office, subject) if one.seq == seq and one.kind in CAN_BE_UNDONE]
    return found[0] if found else None


def _look_adjustment(office: Office, subject: Subject, facts: Facts) -> Seen:
    if not facts:
        return Seen((), "" if choices(office, subject) else "取り消せる取引はありません。")
    gone = _chosen(office, subject, facts["entry"])
    if gone is None:
        return Seen((), GONE)
    told = [("取り消す取引", _words(gone))]
    if why := _wrong(office, subject, gone, facts):
        return Seen(told, why)
    try:
        after = _without(office, subject, gone, facts)
    except ValueError:
        return Seen(told, BROKEN)
    return Seen([*told, *_effect(_owed(office, subject), after)])


def _wrong(office: Office, subject: Subject, gone: Entry, facts: Facts) -> str:
    """Why what is to be posted instead cannot be."""
    if not facts["amount"]:
        return ""
    if gone.kind is not EntryKind.REPAYMENT:
        return NOT_A_PAYMENT
    if incoming_undone.behind(office, gone):
        return FROM_A_FILE
    on = _day(gone, facts)
    return "" if subject.row.opened_on <= on <= office.business_day() else BEFORE


def _day(gone: Entry, facts: Facts) -> date:
    return date.fromisoformat(facts["day"]) if facts["day"] else gone.value_date


def _without(office: Office, subject: Subject, gone: Entry, facts: Facts) -> Standing:
    """The standing of today in a life without an entry; ValueError where there is no such life."""
    contract_id = subject.contract.id
    posted = [e for e in entries.stream(office.store, contract_id, contract_id) if e.seq != gone.seq]
    agreed = list(terms.stream(office.store, contract_id, contract_id))
    events: list[replay.Event] = [
        event for event in lives.events_of(agreed, posted) if not isinstance(event, replay.DepositUsed)
    ]
    standing = _told(office, events)
    if facts["amount"]:
        events.append(replay.Paid(_day(gone, facts), _NEW, facts["amount"]))
        standing = _told(office, events)
    return counted_to(standing, office.business_day(), office.rules.product)


def _told(office: Office, events: list[replay.Event]) -> Standing:
    """Tell a life; due dates that an outage took join the events, as they would join the terms."""
    while True:
        told = tell(events, closed_days.last(office.store), office.rules.product)
        lately = [due for due in told.missed if due.day >= office.business_day() - LATELY]
        found = ((due.day, mercy.moved(office, due)) for due in lately)
        late = next(((day, to) for day, to in found if to is not None), None)
        if late is None:
            return told.standing
        events.append(DueMoved(late[0], lives.LAST, late[1].day))


def _adjust(office: Office, subject: Subject, facts: Facts, who: Colleague, key: str) -> Did | Cannot:
    """Take the entry back and post what is right, each telling the life again."""
    gone = _chosen(office, subject, facts["entry"])
    assert gone is not None, "it was looked at a moment ago, and the contract is held"
    row, payment = books.hold(office, subject.contract.id), incoming_undone.behind(office, gone)
    try:
        done = untell_within(office, row, gone, key)
    except ValueError:
        return Cannot(BROKEN)
    if payment:
        incoming_undone.undone_within(office, payment, who.name)
    changed = list(done.corrected)
    if facts["amount"]:
        way, reference = channel_of(gone.cause), gone.cause.partition("|")[2]
        paid = (facts["amount"], way, _day(gone, facts), f"{key}:right", reference)
        right = posting.receive_within(office, subject.contract.id, *paid)
        if not isinstance(right, Posted):
            return Cannot(BEFORE)
        changed = [*changed, *right.corrected]
    return Did(f"取引 {gone.seq} を取引 {done.entry.seq} で取り消し", _for_member(gone, facts, changed))


def _for_member(gone: Entry, facts: Facts, changed: Sequence[Entry]) -> str:
    words = [f"取り消した取引：{_words(gone)}"]
    if facts["amount"]:
        words.append(f"正しい返済：{corrections.day(_day(gone, facts))} {_yen(facts['amount'])}")
    if changed:
        words.append(f"計算し直した返済：{corrections.in_words(changed)}")
    return "。".join(words)


def _wished(facts: Facts) -> list[tuple[str, str]]:
    told = [("取り消す取引の番号", str(facts["entry"]))]
    if facts["amount"]:
        told.append(("正しい返済", f"{_yen(facts['amount'])}（{facts['day'] or '同じ日'}）"))
    return told


MONEY: Final = (
    Deed(DeskAct.WAIVE, "利息などを免除する", _look_waiver, _waive, _amounts),
    Deed(DeskAct.ADJUST, "取引を訂正する", _look_adjustment, _adjust, _wished),
)
